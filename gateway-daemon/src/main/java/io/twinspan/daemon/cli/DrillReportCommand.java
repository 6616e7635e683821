package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan drill report}. */
@Command(
        name = "report",
        description = "Prints the report of a drill.",
        footer = {
            "",
            "Examples:",
            "  twinspan drill report",
            "  twinspan drill report 2026-11-23-0001 -o html > drill.html",
            "  twinspan drill report -o junit > drill.junit.xml"
        })
final class DrillReportCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "ID", defaultValue = "", description = "The drill (default: the newest).")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text (default), html, json or junit.")
    private Form form = Form.text;

    /** The forms, as typed. */
    enum Form {
        text,
        html,
        json,
        junit
    }

    @Override
    public Integer call() {
        Query query = new Query("/v1/drills/report").with("form", form.name());
        show("GET", (id.isEmpty() ? query : query.with("id", id)).toString(), true);
        return ExitCode.OK;
    }
}
