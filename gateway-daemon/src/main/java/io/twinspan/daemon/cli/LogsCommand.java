package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan logs}. */
@Command(
        name = "logs",
        description = {
            "Shows the daemon's log: from systemd's journal where the daemon is a service, by its structured fields;"
                    + " otherwise the running daemon's own events."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan logs --since 1h",
            "  twinspan logs -f --tunnel prod/2",
            "  twinspan logs --grep 'NO_PROPOSAL|AUTHENTICATION'"
        })
final class LogsCommand extends ApiCommand {
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final Path UNIT = Path.of("/run/systemd/units/invocation:twinspan.service");
    private static final List<Path> JOURNALCTL = List.of(Path.of("/usr/bin/journalctl"), Path.of("/bin/journalctl"));

    @Parameters(
            arity = "0..1",
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "Only lines about this connection or tunnel.")
    private TunnelArgument target = TunnelArgument.ALL;

    @Option(
            names = "--tunnel",
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "The same as an option.")
    private TunnelArgument tunnel = TunnelArgument.ALL;

    @Option(
            names = {"-f", "--follow"},
            description = "Keep printing lines as they come, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--grep", paramLabel = "REGEX", description = "Only lines that match.")
    private @Nullable String grep;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only those of the last minutes or hours, for example 1h.")
    private @Nullable Duration since;

    @Override
    public Integer call() {
        Pattern wanted = pattern();
        TunnelArgument about = tunnel.connection().isEmpty() ? target : tunnel;
        return JOURNALCTL.stream()
                .filter(it -> Files.exists(SYSTEMD) && Files.exists(UNIT, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> journal(journalCommand(program.toString(), about, since, follow), wanted))
                .orElseGet(() -> events(about, wanted));
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(grep == null ? "" : grep);
        } catch (PatternSyntaxException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + grep + "' is no regular expression: " + e.getDescription(), "");
        }
    }

    /** What is asked of the journal: its own fields do the work. */
    static List<String> journalCommand(String program, TunnelArgument about, @Nullable Duration since, boolean follow) {
        List<String> command =
                new ArrayList<>(List.of(program, "--no-pager", "--output=short-iso", "--unit=twinspan.service"));
        if (since != null) {
            command.add("--since=-" + since.toSeconds() + "s");
        }
        if (follow) {
            command.add("--follow");
        }
        if (!about.connection().isEmpty()) {
            command.add("TWINSPAN_CONNECTION=" + about.connection());
        }
        if (about.tunnel() != 0) {
            command.add("TWINSPAN_TUNNEL=" + about.tunnel());
        }
        return command;
    }

    private int journal(List<String> command, Pattern wanted) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                lines.lines().forEach(line -> printIf(wanted, line + "\n"));
            }
            return process.waitFor() == 0 ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "the journal cannot be read: " + e.getMessage(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private int events(TunnelArgument about, Pattern wanted) {
        Query query = about.query("/v1/events");
        if (since != null) {
            query.with("since", TimeConverter.written(since));
        }
        if (follow) {
            return follow(query, true, line -> printIf(wanted, line));
        }
        ApiAnswer answer = client().exchange("GET", query.toString(), true);
        if (answer.status() != 200) {
            throw answer.failure();
        }
        answer.body().lines().forEach(line -> printIf(wanted, line + "\n"));
        return ExitCode.OK;
    }

    private void printIf(Pattern wanted, String line) {
        if (wanted.matcher(line).find()) {
            print(line);
        }
    }
}
