package io.twinspan.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to show an answer. */
final class OutputOption {
    /** The numbers of schemas that this program knows; each schema has but one yet. */
    private static final int NEWEST_SCHEMA = 1;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (default), wide (a table with more columns), json, jsonl (one object a line) or yaml.")
    private Format format = Format.table;

    @Option(
            names = "--schema",
            paramLabel = "N",
            description = "Refuse any other number of the answer's schema than this, for scripts (known: 1).")
    private @Nullable Integer schema;

    /** The formats, as typed. */
    enum Format {
        table,
        wide,
        json,
        jsonl,
        yaml
    }

    boolean asText() {
        return format == Format.table || format == Format.wide;
    }

    boolean isWide() {
        return format == Format.wide;
    }

    /** One object a line, also where the answer is a list. */
    boolean isLines() {
        return format == Format.jsonl;
    }

    boolean isYaml() {
        return format == Format.yaml;
    }

    /**
     * Refuses a schema that nobody knows, before anything is asked or done.
     *
     * @throws CommandFailure with {@link ExitCode#USAGE}
     */
    void requireKnownSchema() {
        if (schema != null && (schema < 1 || schema > NEWEST_SCHEMA)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no schema " + schema,
                    "known: " + NEWEST_SCHEMA + "; leave --schema away");
        }
    }

    /**
     * An answer in the format asked for.
     *
     * @throws CommandFailure where the daemon answers in another schema than was asked for
     */
    String render(String body) {
        if (asText()) {
            return body;
        }
        requirePinned(body);
        return isYaml() ? YamlText.of(body) : body;
    }

    /** {@code {"schema":"twinspan.status/1",...}}. */
    private void requirePinned(String body) {
        if (schema == null || !body.startsWith("{\"schema\":\"")) {
            return;
        }
        String name = body.substring(11, Math.max(11, body.indexOf('"', 11)));
        if (!name.endsWith("/" + schema)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the daemon answers in " + name + ", schema " + schema + " was asked for",
                    "daemon and command line are of different versions");
        }
    }
}
