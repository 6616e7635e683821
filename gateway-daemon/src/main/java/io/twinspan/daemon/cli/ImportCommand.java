package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;

/** {@code twinspan import}. */
@Command(
        name = "import",
        description = "Makes a configuration from what a cloud hands out; needs no daemon.",
        subcommands = {ImportAwsCommand.class},
        footer = {"", "Examples:", "  twinspan import aws vpn-0123.xml --to /etc/twinspan --local 10.0.0.0/16"})
final class ImportCommand {}
