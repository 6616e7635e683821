package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.daemon.diagnosis.Check;
import io.twinspan.daemon.observe.PlainText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks as text for terminals, and as {@code twinspan.checks/1}. */
public final class CheckRendering {
    static final String SCHEMA = "twinspan.checks/1";

    private CheckRendering() {}

    /** A line for each check, its fix below it, and the counts at the end. */
    public static String text(List<Check> checks, boolean color) {
        Paint paint = color ? Paint.ANSI : Paint.PLAIN;
        TextTable table = new TextTable();
        for (Check check : checks) {
            Check.Result result = check.result();
            table.row(
                    cell(result.grade().label(), word -> paint.of(result.grade(), word)),
                    cell(check.name()),
                    cell(check.subject().isEmpty() ? "host" : check.subject()),
                    cell(PlainText.of(result.detail())));
            if (!result.fix().isEmpty()) {
                table.row(cell(""), cell(""), cell(""), cell("fix: " + PlainText.of(result.fix())));
            }
        }
        return table + "\n" + counts(checks) + "\n";
    }

    private static String counts(List<Check> checks) {
        Map<Check.Grade, Long> counts = new EnumMap<>(Check.Grade.class);
        checks.forEach(check -> counts.merge(check.result().grade(), 1L, Long::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Check.Grade, Long>comparingByKey().reversed())
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }

    /** One object with every check. */
    public static String json(List<Check> checks) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("schema", SCHEMA)
                .member("verdict", Check.worst(checks).label());
        json.name("checks").beginArray();
        for (Check check : checks) {
            json.beginObject()
                    .member("name", check.name())
                    .memberOrNull("subject", check.subject())
                    .member("result", check.result().grade().label())
                    .member("detail", check.result().detail())
                    .memberOrNull("fix", check.result().fix())
                    .endObject();
        }
        return json.endArray().endObject() + "\n";
    }
}
