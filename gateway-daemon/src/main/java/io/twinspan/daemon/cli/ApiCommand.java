package io.twinspan.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command that talks to the daemon has in common. */
abstract class ApiCommand implements Callable<Integer> {
    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final ApiClient client() {
        return api.client();
    }

    final void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /** Fetches and prints; refuses with the exit code that belongs to the answer. */
    final ApiAnswer show(String method, String target, boolean asText) {
        return show(client(), method, target, asText);
    }

    /** The same with a client of one's own. */
    final ApiAnswer show(ApiClient client, String method, String target, boolean asText) {
        ApiAnswer answer = client.exchange(method, target, asText);
        if (answer.status() == 200) {
            print(answer.body());
            return answer;
        }
        if (!asText) {
            print(answer.body());
        }
        throw new CommandFailure(ExitCode.ofAnswer(answer.status()), messageOf(answer, asText), "");
    }

    private static String messageOf(ApiAnswer answer, boolean asText) {
        return asText
                ? answer.body().strip().replace("\n", "\n  ")
                : "the daemon refused with status " + answer.status();
    }
}
