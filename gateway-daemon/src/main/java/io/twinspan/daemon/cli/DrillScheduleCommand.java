package io.twinspan.daemon.cli;

import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan drill schedule}. */
@Command(
        name = "schedule",
        description = {
            "Prints a systemd timer and the service it starts, which runs a drill again and again.",
            "The service fails where the drill does not pass, so whatever watches systemd tells of it."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan drill schedule blackhole prod --on 'Sun 04:00'",
            "  twinspan drill schedule planned prod --on monthly --to /etc/systemd/system",
            "  systemctl daemon-reload && systemctl enable --now twinspan-drill-prod-planned.timer"
        })
final class DrillScheduleCommand extends OfflineCommand {
    @Parameters(index = "0", paramLabel = "SCENARIO[:VALUE]", description = "See 'twinspan drill list'.")
    private String scenario = "";

    @Parameters(index = "1", paramLabel = "CONNECTION", description = "Name of the connection.")
    private String connection = "";

    @Option(
            names = "--on",
            required = true,
            paramLabel = "CALENDAR",
            description = "When, as systemd.time(7) says it; 'systemd-analyze calendar' explains one.")
    private String calendar = "";

    @Option(names = "--limit", paramLabel = "TIME", description = "As of 'drill run'.")
    private @Nullable String limit;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "20s", description = "As of 'drill run'.")
    private String duration = "20s";

    @Option(
            names = "--program",
            paramLabel = "PATH",
            defaultValue = "/usr/bin/twinspan",
            description = "What the service runs (default: ${DEFAULT-VALUE}).")
    private Path program = Path.of("/usr/bin/twinspan");

    @Option(names = "--to", paramLabel = "DIR", description = "Write the two files there instead of printing them.")
    private @Nullable Path folder;

    @picocli.CommandLine.Spec
    private picocli.CommandLine.Model.CommandSpec spec = picocli.CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        DrillScenario wanted =
                DrillCatalogue.parse(scenario).orElseThrow(() -> wrong(DrillCatalogue.complaint(scenario)));
        String longest = limit == null ? wanted.usualLimitNanos() / 1_000_000_000L + "s" : limit;
        require(connection.matches("[A-Za-z0-9._-]{1,64}"), "'" + connection + "' is no name of a connection");
        require(calendar.matches("[ -~]{1,200}"), "the calendar expression is no line of text");
        require(
                DrillTimes.parse(longest).isPresent()
                        && DrillTimes.parse(duration).isPresent(),
                "a time is written like 500ms, 20s or 2m");
        String name = "twinspan-drill-" + connection + "-" + unitPart(wanted);
        String service = service(wanted, longest);
        String timer = timer(wanted);
        if (folder == null) {
            spec.commandLine()
                    .getOut()
                    .print("# " + name + ".service\n" + service + "\n# " + name + ".timer\n" + timer);
            spec.commandLine().getOut().flush();
        } else {
            write(folder.resolve(name + ".service"), service);
            write(folder.resolve(name + ".timer"), timer);
        }
        return ExitCode.OK;
    }

    /** The scenario with its value, so that two of one kind do not share a unit; systemd.unit(5) allows few characters. */
    private static String unitPart(DrillScenario wanted) {
        return wanted.text().replaceAll("[^A-Za-z0-9]+$", "").replaceAll("[^A-Za-z0-9-]", "-");
    }

    /** systemd.unit(5): a percent sign begins a specifier. */
    private String service(DrillScenario wanted, String longest) {
        return """
                [Unit]
                Description=Twinspan drill %1$s of %2$s
                Documentation=man:systemd.timer(5)
                After=twinspan.service
                %6$s
                [Service]
                Type=oneshot
                ExecStart=%3$s drill run %1$s %2$s --limit %4$s --for %5$s --yes
                """.formatted(
                        wanted.text().replace("%", "%%"), connection, program, longest, duration, requisite(wanted));
    }

    /** systemd.unit(5): what requires a service is restarted with it, and would begin the drill anew for ever. */
    private static String requisite(DrillScenario wanted) {
        return wanted instanceof DrillScenario.DaemonRestart ? "" : "Requisite=twinspan.service\n";
    }

    private String timer(DrillScenario wanted) {
        return """
                [Unit]
                Description=Twinspan drill %s of %s, again and again

                [Timer]
                OnCalendar=%s
                RandomizedDelaySec=60

                [Install]
                WantedBy=timers.target
                """.formatted(wanted.text().replace("%", "%%"), connection, calendar.replace("%", "%%"));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage(), "");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw wrong(message);
        }
    }

    private static CommandFailure wrong(String message) {
        return new CommandFailure(ExitCode.USAGE, message, "'twinspan drill schedule --help' has examples");
    }
}
