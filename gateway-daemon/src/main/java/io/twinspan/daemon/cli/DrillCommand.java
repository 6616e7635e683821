package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;

/** {@code twinspan drill}. */
@Command(
        name = "drill",
        description = "Rehearses failures on a running gateway and measures what traffic suffers.",
        subcommands = {
            DrillListCommand.class,
            DrillRunCommand.class,
            DrillStopCommand.class,
            DrillReportCommand.class,
            DrillScheduleCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  twinspan drill list",
            "  twinspan drill run blackhole prod --limit 1s",
            "  twinspan drill report -o html > drill.html"
        })
final class DrillCommand {}
