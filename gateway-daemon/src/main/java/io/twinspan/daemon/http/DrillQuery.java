package io.twinspan.daemon.http;

import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillTimes;
import java.util.Optional;

/** Reads the wish for a drill out of a query. */
final class DrillQuery {
    private DrillQuery() {}

    /**
     * The wish.
     *
     * @throws IllegalArgumentException with a sentence for the client where a parameter cannot be read
     */
    static DrillOrder of(ApiRequest request) {
        String wanted = request.parameter("scenario");
        DrillScenario scenario = DrillCatalogue.parse(wanted)
                .orElseThrow(() ->
                        new IllegalArgumentException(DrillCatalogue.complaint(wanted) + "; GET /v1/drills lists them"));
        if (request.parameter("connection").isEmpty()) {
            throw new IllegalArgumentException("the query names no connection");
        }
        return new DrillOrder(
                scenario,
                request.parameter("connection"),
                number(request, "tunnel", 0),
                time(request, "for", DrillOrder.USUAL_DURATION_NANOS),
                time(request, "limit", scenario.usualLimitNanos()),
                number(request, "rate", DrillOrder.USUAL_RATE),
                request.parameter("target"));
    }

    private static int number(ApiRequest request, String name, int usual) {
        String text = request.parameter(name);
        if (text.isEmpty()) {
            return usual;
        }
        return Optional.of(text)
                .filter(it -> it.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no number"));
    }

    private static long time(ApiRequest request, String name, long usual) {
        String text = request.parameter(name);
        return text.isEmpty()
                ? usual
                : DrillTimes.parse(text)
                        .orElseThrow(
                                () -> new IllegalArgumentException("'" + name + "' is no time like 500ms, 20s or 2m"));
    }
}
