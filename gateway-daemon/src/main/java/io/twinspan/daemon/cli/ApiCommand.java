package io.twinspan.daemon.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command that talks to the daemon has in common. */
abstract class ApiCommand implements Callable<Integer> {
    @ArgGroup(validate = false, heading = "%nOptions of every command:%n")
    private final ApiOptions api = new ApiOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private @Nullable Screen screen;

    final ApiClient client() {
        return api.client(err());
    }

    final ApiOptions options() {
        return api;
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints data. */
    final void print(String text) {
        if (screen != null) {
            screen.draw(text);
            return;
        }
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /** Says something that is no data; silent with {@code --quiet}. */
    final void say(String line) {
        if (!api.isQuiet()) {
            err().println(line);
            err().flush();
        }
    }

    /**
     * Asks and prints the answer in the format wanted.
     *
     * @throws CommandFailure with the exit code that belongs to the answer
     */
    final ApiAnswer ask(Query query, OutputOption output) {
        output.requireKnownSchema();
        Query whole = query.withFlag("color", output.asText() && api.paints())
                .withFlag("wide", output.isWide())
                .withFlag("lines", output.isLines());
        return show(client(), "GET", whole.toString(), output, false);
    }

    /** Gives an order and prints its outcome, which {@code --quiet} leaves to the exit code. */
    final ApiAnswer order(Query query, OutputOption output) {
        return order(client(), query, output);
    }

    /** The same with a client of one's own. */
    final ApiAnswer order(ApiClient client, Query query, OutputOption output) {
        output.requireKnownSchema();
        return show(client, "POST", query.toString(), output, api.isQuiet() && output.asText());
    }

    /** Asks with any method and prints the answer, which is data. */
    final ApiAnswer show(ApiClient client, String method, Query query, OutputOption output) {
        output.requireKnownSchema();
        return show(client, method, query.toString(), output, false);
    }

    /** Prints an answer, or no more of it than a failure. */
    final ApiAnswer show(ApiClient client, String method, String target, OutputOption output, boolean onlyFailures) {
        ApiAnswer answer = client.exchange(method, target, output.asText());
        boolean failed = answer.status() != 200;
        if (failed ? !output.asText() : !onlyFailures) {
            String body = output.render(answer.body());
            print(screen != null && output.isYaml() ? "---\n" + body : body);
        }
        return successful(answer);
    }

    private static ApiAnswer successful(ApiAnswer answer) {
        if (answer.status() == 200) {
            return answer;
        }
        throw answer.failure();
    }

    /**
     * Runs a question once, or with {@code --watch} until the command is interrupted. After the first answer a daemon that is
     * away is told of and waited for.
     *
     * @return the exit code of the last question
     */
    final int watching(WatchOption watch, OutputOption output, Question question) {
        if (!watch.isOn()) {
            return question.ask();
        }
        boolean inPlace = output.asText() && Terminal.isOutput() && !Terminal.isDumb();
        screen = new Screen(spec.commandLine().getOut(), inPlace);
        int code = question.ask();
        while (pause(watch.interval())) {
            try {
                code = question.ask();
            } catch (CommandFailure failure) {
                if (failure.exitCode() != ExitCode.UNREACHABLE) {
                    throw failure;
                }
                say(failure.text());
            }
        }
        return code;
    }

    private static boolean pause(Duration interval) {
        try {
            Thread.sleep(interval);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /**
     * Hands over each line of an answer that has no end.
     *
     * @throws CommandFailure always: a daemon that ends it is going away
     */
    final int follow(Query query, boolean asText, Consumer<String> lines) {
        client().stream(query.with("follow", "1").toString(), asText, lines);
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "the daemon has ended the stream",
                "it was stopped, or this command did not read fast enough");
    }

    /** Fetches and prints text or JSON; refuses with the exit code that belongs to the answer. */
    final ApiAnswer show(String method, String target, boolean asText) {
        ApiAnswer answer = client().exchange(method, target, asText);
        if (answer.status() == 200 || !asText) {
            print(answer.body());
        }
        return successful(answer);
    }

    /** One question of {@link #watching}. */
    @FunctionalInterface
    interface Question {
        /** Asks and prints; the exit code. */
        int ask();
    }
}
