package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinspan diag}. */
@Command(
        name = "diag",
        description = {
            "Packs what somebody who helps needs into one file: state, configuration without secrets, events, log, routes,"
                    + " rules, kernel parameters, Java. Shows the contents first and asks. Where no daemon answers, its part"
                    + " is left out.",
            "Never packed: pre-shared keys, keys of SAs, tokens, payloads, the environment."
        },
        footer = {"", "Examples:", "  twinspan diag", "  twinspan diag -w case-1234.tar.gz --yes"})
final class DiagCommand extends ApiCommand {
    private static final String NEVER = "will not pack: PSKs, keys, tokens, payloads, environment";
    private static final int COMMAND_SECONDS = 20;
    private static final int KIBI = 1_024;
    private static final List<List<String>> COMMANDS = List.of(
            List.of("routes.txt", "ip", "route", "show", "table", "all"),
            List.of("routes6.txt", "ip", "-6", "route", "show", "table", "all"),
            List.of("rules.txt", "ip", "rule", "show"),
            List.of("links.txt", "ip", "-statistics", "link", "show"),
            List.of("addresses.txt", "ip", "address", "show"),
            List.of("nft.txt", "nft", "list", "ruleset"),
            List.of(
                    "journal.txt",
                    "journalctl",
                    "--no-pager",
                    "--output=short-iso",
                    "--unit=twinspan.service",
                    "--since=-24h"));

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "Where to write it (default: twinspan-diag-TIME.tar.gz here; - is standard output).")
    private @Nullable Path file;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        Map<String, String> texts = gather();
        Path target = Optional.ofNullable(file)
                .orElseGet(() -> Path.of("twinspan-diag-"
                        + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                                .withZone(ZoneOffset.UTC)
                                .format(Instant.now())
                        + ".tar.gz"));
        if (!yes || !options().isQuiet()) {
            tellContents(texts);
        }
        if (!yes && !confirmed(target)) {
            throw new CommandFailure(
                    ExitCode.FAILED, "nothing was written", options().mayAsk() ? "" : "--yes does not ask");
        }
        write(target, texts);
        if (!PrivateFile.isStandardOutput(target)) {
            print(target + "\n");
        }
        return ExitCode.OK;
    }

    /** Nobody is asked about a bundle without having been told what is in it. */
    private void tellContents(Map<String, String> texts) {
        err().println("will pack:");
        texts.forEach((name, text) ->
                err().println(String.format(Locale.ROOT, "  %-16s %6d KiB", name, text.length() / KIBI + 1)));
        err().println(NEVER);
        err().flush();
    }

    private boolean confirmed(Path target) {
        return options().mayAsk()
                && Optional.ofNullable(System.console())
                        .map(console -> confirmed(console, target))
                        .orElse(false);
    }

    private static boolean confirmed(Console console, Path target) {
        String answer = console.readLine("write %s? [y/N] ", target);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** Everything is made clean here once more, whoever it is from. */
    private Map<String, String> gather() {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            for (String name : List.of("status", "sas", "events", "routes", "doctor")) {
                texts.put(name + ".json", ask("/v1/" + name));
            }
            BundleAnswer.texts(ask("/v1/bundle")).forEach(texts::put);
        } catch (CommandFailure failure) {
            // A daemon that does not run is what many a bundle is about.
            if (failure.exitCode() != ExitCode.UNREACHABLE) {
                throw failure;
            }
            say(failure.text());
            texts.put("no-daemon.txt", failure.text() + "\n");
        }
        for (List<String> command : COMMANDS) {
            texts.put(command.getFirst(), run(command.subList(1, command.size())));
        }
        texts.replaceAll((_, text) -> Redaction.of(text));
        return texts;
    }

    private String ask(String path) {
        ApiAnswer answer = client().exchange("GET", path, false);
        if (answer.status() == 403) {
            throw new CommandFailure(
                    ExitCode.NOT_PERMITTED, "you may not ask for " + path, "a bundle needs the role of an operator");
        }
        return answer.body();
    }

    private static String run(List<String> command) {
        try {
            return new String(outputOf(command, true), UTF_8);
        } catch (IOException e) {
            return "not available: " + e.getMessage() + "\n";
        }
    }

    /** What a program prints until its end or until its time is over. */
    private static byte[] outputOf(List<String> command, boolean withErrors) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(withErrors)
                .redirectError(withErrors ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture.delayedExecutor(COMMAND_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        process.getOutputStream().close();
        return process.getInputStream().readAllBytes();
    }

    /** By tar, which every Linux has: one program less to trust than a library of our own choice. */
    private static void write(Path target, Map<String, String> texts) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("twinspan-diag");
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(folder.resolve(text.getKey()), text.getValue(), UTF_8);
            }
            byte[] packed = outputOf(List.of("tar", "-cz", "-C", folder.toString(), "--sort=name", "."), false);
            if (packed.length == 0) {
                throw new IOException("tar has packed nothing");
            }
            try (OutputStream out = PrivateFile.open(target)) {
                out.write(packed);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    target + " could not be written: " + FileTrouble.of(e),
                    "is there room, and may you?");
        } finally {
            delete(folder);
        }
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
