package io.twinspan.daemon.cli;

import picocli.CommandLine.Option;

/** How to show an answer. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (default) or json.")
    private Format format = Format.table;

    /** The formats, as typed. */
    enum Format {
        table,
        json
    }

    boolean asText() {
        return format == Format.table;
    }
}
