package io.twinspan.daemon.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The daemon's answer.
 *
 * @param status HTTP status code
 * @param state worst state of all connections; empty where the answer does not tell
 * @param body text
 */
public record ApiAnswer(int status, String state, String body) {
    /** What an answer that is no success means to the user, be it text or {@code twinspan.error/1}. */
    CommandFailure failure() {
        String text = body.strip();
        if (text.startsWith("{")) {
            return Json.failure(status, text);
        }
        int end = text.indexOf('\n');
        return end < 0
                ? failure(status, text, "")
                : failure(
                        status, text.substring(0, end), text.substring(end + 1).replace("\n", "\n  "));
    }

    private static CommandFailure failure(int status, String message, String hint) {
        return new CommandFailure(
                ExitCode.ofAnswer(status),
                message.isEmpty() ? "the daemon refused with status " + status : message,
                hint);
    }

    /** Apart, because loading what reads JSON takes as long as a whole command. */
    private static final class Json {
        private Json() {}

        static CommandFailure failure(int status, String text) {
            try {
                JsonNode error = JsonMapper.shared().readTree(text);
                return ApiAnswer.failure(
                        status,
                        error.path("error").asString(text),
                        error.path("hint").asString(""));
            } catch (JacksonException _) {
                return ApiAnswer.failure(status, text, "");
            }
        }
    }
}
