package io.twinspan.daemon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinspan top}. */
@Command(
        name = "top",
        description = {
            "Shows tunnels, rates, round trips, the last minute and the last events, once a second, on the whole screen.",
            "Keys: q ends it, s shows more or fewer columns. Where output is no terminal, one picture follows the other."
        },
        footer = {"", "Examples:", "  twinspan top", "  twinspan top prod --interval 500ms"})
final class TopCommand extends ApiCommand {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final long KEY_MILLIS = 50;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONNECTION",
            description = "Charts of this connection (default: the first).")
    private @Nullable String connection;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = TimeConverter.class,
            description = "Time between two pictures (default: 1s).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--count", paramLabel = "N", description = "End after so many pictures.")
    private int count;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean wide;

    /** After the first picture a daemon that is away is waited for. */
    private boolean wasThere;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean full = Terminal.isInput() && !Terminal.isDumb();
        if (!full) {
            return draw(new Screen(out, false), System.in, false);
        }
        String before = TerminalMode.raw();
        Thread restore = Thread.ofPlatform().unstarted(() -> leave(out, before));
        Runtime.getRuntime().addShutdownHook(restore);
        out.print(ENTER);
        try {
            return draw(new Screen(out, true), System.in, true);
        } finally {
            leave(out, before);
        }
    }

    private static void leave(PrintWriter out, String before) {
        out.print(LEAVE);
        out.flush();
        TerminalMode.restore(before);
    }

    private int draw(Screen screen, InputStream keys, boolean full) throws IOException, InterruptedException {
        for (int pictures = 1; ; pictures++) {
            screen.draw(picture() + (full ? "" : "\n"));
            if (pictures == count || (full ? quits(keys) : sleeps())) {
                return ExitCode.OK;
            }
        }
    }

    private String picture() {
        Query query = new Query("/v1/top")
                .withFlag("wide", wide)
                .withFlag("color", options().paints());
        try {
            ApiAnswer answer = client().exchange(
                            "GET", query.withGiven("connection", connection).toString(), true);
            if (answer.status() == 200) {
                return answer.body();
            }
            throw answer.failure();
        } catch (CommandFailure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE && wasThere) {
                return failure.text() + "\n";
            }
            throw failure;
        } finally {
            wasThere = true;
        }
    }

    private boolean sleeps() throws InterruptedException {
        Thread.sleep(interval);
        return false;
    }

    /** Waits for the next picture and for keys; true where one says to end. */
    private boolean quits(InputStream keys) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + interval.toNanos();
        while (System.nanoTime() - endNanos < 0) {
            if (keys.available() > 0) {
                int key = keys.read();
                if (key == 'q' || key == 'Q' || key < 0) {
                    return true;
                }
                wide ^= key == 's';
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(KEY_MILLIS);
        }
        return false;
    }
}
