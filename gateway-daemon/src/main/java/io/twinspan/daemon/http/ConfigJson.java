package io.twinspan.daemon.http;

import io.twinspan.config.ProblemPrinter;
import io.twinspan.config.source.Problem;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.reload.ReloadPreview;
import java.util.List;

/** Answers about the configuration, as text or JSON. */
final class ConfigJson {
    /** Unprocessable content: the request is well formed, the configuration is not. */
    private static final int UNPROCESSABLE = 422;

    private static final int CONFLICT = 409;

    private ConfigJson() {}

    /** An answer with the status that belongs to it. */
    static ApiResponse response(ConfigAnswer answer, boolean asText) {
        return switch (answer) {
            case ConfigAnswer.Compared(ReloadPreview preview, List<Problem> warnings) ->
                asText
                        ? ApiResponse.text(warned(warnings) + preview.text(), state(preview))
                        : ApiResponse.json(diff(preview, warnings), state(preview));
            case ConfigAnswer.Done(String message, long seconds) ->
                asText
                        ? ApiResponse.text(message + "\n", seconds == 0 ? "done" : "on-trial")
                        : ApiResponse.json(done(message, seconds), seconds == 0 ? "done" : "on-trial");
            case ConfigAnswer.RolledBack(String message) ->
                ApiResponse.error(CONFLICT, message, "'twinspan events' tells what happened", asText);
            case ConfigAnswer.Refused(String message, String hint) ->
                ApiResponse.error(CONFLICT, message, hint, asText);
            case ConfigAnswer.Invalid(List<Problem> problems) ->
                new ApiResponse(
                        UNPROCESSABLE,
                        asText ? ApiResponse.TEXT : ApiResponse.JSON,
                        asText ? lines(problems) : problems(problems),
                        "");
        };
    }

    private static String state(ReloadPreview preview) {
        return preview.lines().isEmpty() ? "same" : "differs";
    }

    private static String warned(List<Problem> warnings) {
        return warnings.isEmpty() ? "" : lines(warnings);
    }

    private static String lines(List<Problem> problems) {
        return String.join("\n", ProblemPrinter.lines(problems)) + "\n";
    }

    private static String diff(ReloadPreview preview, List<Problem> warnings) {
        JsonWriter json = new JsonWriter().beginObject().member("schema", "twinspan.config-diff/1");
        json.name("changes").beginArray();
        for (ReloadPreview.Line line : preview.lines()) {
            json.beginObject()
                    .member("path", line.change().path())
                    .member("kind", line.change().kind().label())
                    .memberOrNull("from", line.change().from())
                    .memberOrNull("to", line.change().to())
                    .member("text", line.change().text())
                    .member("disturbs", line.change().disturbs().label())
                    .member("effect", line.disturbs())
                    .memberOrNull("connection", line.change().connection())
                    .member("tunnel", line.change().tunnel())
                    .endObject();
        }
        json.endArray().name("summary").beginArray();
        preview.summary().forEach(json::value);
        json.endArray();
        return list(json, "warnings", warnings).endObject() + "\n";
    }

    private static String done(String message, long seconds) {
        return new JsonWriter()
                        .beginObject()
                        .member("schema", ApiResponse.OUTCOME_SCHEMA)
                        .member("message", message)
                        .member("confirmSeconds", seconds)
                        .endObject()
                + "\n";
    }

    private static String problems(List<Problem> problems) {
        JsonWriter json = new JsonWriter().beginObject().member("schema", "twinspan.problems/1");
        return list(json, "problems", problems).endObject() + "\n";
    }

    private static JsonWriter list(JsonWriter json, String name, List<Problem> problems) {
        json.name(name).beginArray();
        for (Problem problem : problems) {
            json.beginObject()
                    .member("file", problem.at().file())
                    .member("line", problem.at().line())
                    .member("column", problem.at().column())
                    .member("severity", problem.severity().label())
                    .member("path", problem.path())
                    .member("message", problem.message())
                    .member("hint", problem.hint())
                    .endObject();
        }
        return json.endArray();
    }
}
