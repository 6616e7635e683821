package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.daemon.diagnosis.RouteView;
import java.util.List;

/** Routes as text, and as {@code twinspan.routes/1}. */
final class RouteRendering {
    static final String SCHEMA = "twinspan.routes/1";

    private RouteRendering() {}

    static String text(List<RouteView> routes) {
        TextTable table = new TextTable()
                .row(
                        cell("CONNECTION"),
                        cell("PREFIX"),
                        cell("WHY"),
                        cell("TUNNEL"),
                        cell("DEVICE"),
                        cell("METRIC"),
                        cell("FENCE"),
                        cell("KERNEL"),
                        cell("CONFLICT"));
        routes.forEach(it -> table.row(
                cell(it.connection()),
                cell(it.prefix()),
                cell(it.source()),
                cell(it.tunnels().isEmpty() ? "none" : it.tunnels()),
                cell(it.device()),
                cell(it.metric() < 0 ? "-" : Integer.toString(it.metric())),
                cell(it.fence() ? "yes" : "-"),
                cell(it.kernel()),
                cell(it.conflict().isEmpty() ? "-" : it.conflict())));
        return table.toString();
    }

    static String json(List<RouteView> routes) {
        JsonWriter json = new JsonWriter().beginObject().member("schema", SCHEMA);
        json.name("routes").beginArray();
        for (RouteView it : routes) {
            json.beginObject()
                    .member("connection", it.connection())
                    .member("prefix", it.prefix())
                    .member("why", it.source())
                    .member("device", it.device());
            json.name("tunnels").beginArray();
            it.tunnels().chars().filter(Character::isDigit).forEach(digit -> json.value(Character.digit(digit, 10)));
            json.endArray();
            json.name("metric");
            if (it.metric() < 0) {
                json.nullValue();
            } else {
                json.value(it.metric());
            }
            json.member("fence", it.fence())
                    .member("kernel", it.kernel())
                    .memberOrNull("conflict", it.conflict())
                    .endObject();
        }
        return json.endArray().endObject() + "\n";
    }
}
