package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.daemon.diagnosis.LastFailure;
import io.twinspan.daemon.explain.Explanation;
import io.twinspan.daemon.observe.PlainText;

/** The last failure as text, and as {@code twinspan.failure/1}. */
final class FailureRendering {
    static final String SCHEMA = "twinspan.failure/1";

    private FailureRendering() {}

    static String text(LastFailure failure) {
        TextTable table = new TextTable();
        table.row(cell("  when"), cell(JsonWriter.timestamp(failure.at()) + "  " + failure.type()));
        failure.facts().forEach(fact -> table.row(cell("  " + fact.label()), cell(PlainText.of(fact.text()))));
        for (Explanation it : failure.explanations()) {
            table.row(cell("  " + it.code()), cell(it.meaning()));
            table.row(cell("  fix"), cell(it.action()));
        }
        return failure.subject() + ": " + PlainText.of(failure.said()) + "\n" + table;
    }

    static String json(LastFailure failure) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("schema", SCHEMA)
                .member("subject", failure.subject())
                .member("time", failure.at())
                .member("type", failure.type())
                .member("said", failure.said());
        json.name("facts").beginArray();
        failure.facts()
                .forEach(it -> json.beginObject()
                        .member("label", it.label())
                        .member("text", it.text())
                        .endObject());
        json.endArray().name("explanations").beginArray();
        failure.explanations()
                .forEach(it -> json.beginObject()
                        .member("code", it.code())
                        .member("meaning", it.meaning())
                        .member("fix", it.action())
                        .endObject());
        return json.endArray().endObject() + "\n";
    }
}
