package io.twinspan.daemon.cli;

import io.twinspan.daemon.explain.Explanation;
import io.twinspan.daemon.explain.ExplanationCatalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code twinspan explain}. */
@Command(
        name = "explain",
        description = {
            "Explains an error, a drop, an event or an exit code in plain words, and what to do about it.",
            "'last' explains the newest failure of the running gateway, with what was offered and the line that says so;"
                    + " 'list' shows every code. Codes need no daemon."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan explain NO_PROPOSAL_CHOSEN",
            "  twinspan explain tunnel.path-down",
            "  twinspan explain 7",
            "  twinspan explain last prod/2",
            "  twinspan explain list"
        })
final class ExplainCommand extends ApiCommand {
    private static final int CODE_WIDTH = 36;

    @Parameters(index = "0", paramLabel = "CODE", description = "A code as it is shown anywhere, or last, or list.")
    private String code = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CONNECTION[/TUNNEL]",
            description = "With 'last': of this one only.")
    private @Nullable String subject;

    @Mixin
    private final OutputOption output = new OutputOption();

    /** The schema is the daemon's, which need not run. */
    private static String json(Explanation found) {
        return JsonMapper.shared()
                        .createObjectNode()
                        .put("schema", "twinspan.explanation/1")
                        .put("code", found.code())
                        .put("meaning", found.meaning())
                        .put("fix", found.action())
                + "\n";
    }

    @Override
    public Integer call() {
        output.requireKnownSchema();
        if (code.equals("last")) {
            Query query = new Query("/v1/explain").with("code", code);
            ask(subject == null ? query : query.with("subject", subject), output);
            return ExitCode.OK;
        }
        ExplanationCatalog catalog = ExplanationCatalog.load();
        if (code.equals("list")) {
            catalog.all()
                    .forEach(it -> print(it.code()
                            + " ".repeat(Math.max(1, CODE_WIDTH - it.code().length())) + String.join(", ", it.kinds())
                            + "\n"));
            return ExitCode.OK;
        }
        Explanation found = catalog.find(code)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "nothing is known by '" + code + "'",
                        catalog.near(code).isEmpty()
                                ? "'twinspan explain list' shows every code"
                                : "did you mean " + String.join(" or ", catalog.near(code)) + "?"));
        if (output.asText()) {
            print(found.code() + "\n  means  " + found.meaning() + "\n  do     " + found.action() + "\n");
        } else {
            print(output.render(json(found)));
        }
        return ExitCode.OK;
    }
}
