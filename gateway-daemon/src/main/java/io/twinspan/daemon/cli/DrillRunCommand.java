package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillScenario;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan drill run}. */
@Command(
        name = "run",
        description = {
            "Runs a drill and waits for its end. Ctrl-C, or the loss of this command, ends the drill at once.",
            "In daemon-restart the daemon's next process goes on with the drill, and this command follows it there.",
            "Exit code 0: passed. 7: an outage was longer than the limit, or a restart lost an SA. 1: refused, failed or"
                    + " stopped."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan drill run blackhole prod --limit 1s",
            "  twinspan drill run loss:40 prod --for 1m --report reports",
            "  twinspan drill run one-way-blackhole:in prod --target 172.31.0.10",
            "  twinspan drill run planned prod --yes",
            "  twinspan drill run daemon-restart prod --limit 4s"
        })
final class DrillRunCommand extends ApiCommand {
    private static final int OK_STATUS = 200;

    @Parameters(index = "0", paramLabel = "SCENARIO[:VALUE]", description = "See 'twinspan drill list'.")
    private String scenario = "";

    @Parameters(index = "1", paramLabel = "CONNECTION", description = "Name of the connection.")
    private String connection = "";

    @Option(
            names = "--tunnel",
            paramLabel = "N",
            description = "The tunnel under test (default: the one that carries the traffic).")
    private int tunnel;

    @Option(names = "--for", paramLabel = "TIME", description = "How long it lasts at most (default: 20s, up to 5m).")
    private @Nullable String duration;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            description = "The longest outage that passes, and that is let happen (default: 1s; daemon-restart: 5s).")
    private @Nullable String limit;

    @Option(names = "--rate", paramLabel = "N", description = "Probes a second (default: 200, up to 1000).")
    private @Nullable Integer rate;

    @Option(
            names = "--target",
            paramLabel = "ADDRESS",
            description = "A host in AWS that answers pings: measures the way back as AWS routes it.")
    private @Nullable String target;

    @Option(names = "--report", paramLabel = "DIR", description = "Write the report there too: HTML, JSON and JUnit.")
    private @Nullable Path report;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        output.requireKnownSchema();
        DrillScenario wanted = DrillCatalogue.parse(scenario)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        DrillCatalogue.complaint(scenario),
                        "there is "
                                + DrillCatalogue.ALL.stream()
                                        .map(DrillScenario::text)
                                        .collect(Collectors.joining(", "))));
        if (!yes && !confirmed(wanted)) {
            throw new CommandFailure(ExitCode.FAILED, "nothing was done", "");
        }
        String id = client().stream("POST", target(), output.asText(), line -> print(output.render(line)));
        boolean heard = !(wanted instanceof DrillScenario.DaemonRestart)
                || new RestartedDrill(client()).follow(id, output.asText(), line -> print(output.render(line)));
        ApiAnswer verdict = client().exchange("GET", reportTarget(id, DrillForm.TEXT), true);
        if (verdict.status() != OK_STATUS) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "there is no report of drill " + id,
                    "'twinspan events' and 'twinspan drill list' say why");
        }
        if (!heard) {
            print(output.asText() ? verdict.body() : output.render(json(id)));
        }
        if (report != null) {
            write(report, id);
        }
        return switch (verdict.state()) {
            case "passed" -> ExitCode.OK;
            case "missed" -> ExitCode.LIMIT_MISSED;
            default -> ExitCode.FAILED;
        };
    }

    /** Asks on a terminal only; a script has made up its mind. */
    private boolean confirmed(DrillScenario wanted) {
        return !options().mayAsk()
                || Optional.ofNullable(System.console())
                        .map(console -> confirmed(console, wanted))
                        .orElse(true);
    }

    private boolean confirmed(Console console, DrillScenario wanted) {
        String answer = console.readLine(
                "%s on '%s' touches the traffic of users: %s. Go on? [y/N] ",
                wanted.text(), connection, wanted.purpose());
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private String target() {
        return new Query("/v1/drills/run")
                .with("scenario", scenario)
                .with("connection", connection)
                .withGiven("tunnel", tunnel == 0 ? null : tunnel)
                .withGiven("for", duration)
                .withGiven("limit", limit)
                .withGiven("rate", rate)
                .withGiven("target", target)
                .toString();
    }

    private static String reportTarget(String id, DrillForm form) {
        return new Query("/v1/drills/report")
                .with("id", id)
                .with("form", form.label())
                .toString();
    }

    private String json(String id) {
        return client().exchange("GET", reportTarget(id, DrillForm.JSON), false).body();
    }

    private void write(Path folder, String id) {
        Map<DrillForm, String> texts = List.of(DrillForm.HTML, DrillForm.JSON, DrillForm.JUNIT).stream()
                .collect(Collectors.toMap(
                        form -> form,
                        form -> client().exchange("GET", reportTarget(id, form), false)
                                .body()));
        try {
            Files.createDirectories(folder);
            for (Map.Entry<DrillForm, String> text : texts.entrySet()) {
                Files.writeString(
                        folder.resolve("drill-" + id + "." + text.getKey().suffix()), text.getValue(), UTF_8);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the report could not be written to " + folder + ": " + FileTrouble.of(e), "");
        }
        if (output.asText()) {
            print("report: " + folder.resolve("drill-" + id + ".html") + " (.json, .junit.xml)\n");
        }
    }
}
