package io.twinspan.daemon.http;

import io.twinspan.daemon.control.PingFollower;
import io.twinspan.daemon.control.PingNews;
import io.twinspan.daemon.control.PingStatistics;
import java.util.Locale;

/** Tells a client of its pings, a line for each, and the figures at the end. Called on the control loop. */
final class PingStream implements PingFollower {
    static final String SCHEMA = "twinspan.ping/1";

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int PERCENT = 100;

    private final ApiStream stream;
    private final String name;
    private final boolean asText;

    /** @param name what is pinged */
    PingStream(ApiStream stream, String name, boolean asText) {
        this.stream = stream;
        this.name = name;
        this.asText = asText;
    }

    @Override
    public void happened(PingNews news) {
        stream.send(asText ? text(news) : json(news));
    }

    private static String text(PingNews news) {
        return switch (news) {
            case PingNews.Answered(int number, int tunnel, int octets, long nanos) ->
                String.format(
                        Locale.ROOT,
                        "%d octets through tunnel %d: seq=%d time=%.3f ms%n",
                        octets,
                        tunnel,
                        number,
                        nanos / NANOS_PER_MILLI);
            case PingNews.Silent(int number) -> "no answer within 1 s: seq=" + number + "\n";
            case PingNews.Unsent(int number) -> "not sent, no tunnel can carry it: seq=" + number + "\n";
        };
    }

    private static String json(PingNews news) {
        JsonWriter json = new JsonWriter().beginObject().member("seq", news.number());
        switch (news) {
            case PingNews.Answered(int _, int tunnel, int octets, long nanos) ->
                json.member("result", "answered")
                        .member("tunnel", tunnel)
                        .member("octets", octets)
                        .member("rttNanos", nanos);
            case PingNews.Silent _ -> json.member("result", "silent");
            case PingNews.Unsent _ -> json.member("result", "unsent");
        }
        return json.endObject() + "\n";
    }

    @Override
    public void finished(PingStatistics it) {
        stream.send(asText ? text(it) : json(it));
        stream.end();
    }

    private String text(PingStatistics it) {
        String first = String.format(
                Locale.ROOT,
                "%n--- %s: %d sent, %d answered, %.1f %% lost%s%n",
                name,
                it.sent(),
                it.received(),
                PERCENT * it.loss(),
                it.unsent() == 0 ? "" : ", " + it.unsent() + " could not be sent");
        return it.received() == 0
                ? first
                : first
                        + String.format(
                                Locale.ROOT,
                                "RTT min %.3f, median %.3f, p95 %.3f, max %.3f ms, jitter %.3f ms%n",
                                it.minNanos() / NANOS_PER_MILLI,
                                it.medianNanos() / NANOS_PER_MILLI,
                                it.p95Nanos() / NANOS_PER_MILLI,
                                it.maxNanos() / NANOS_PER_MILLI,
                                it.jitterNanos() / NANOS_PER_MILLI);
    }

    private String json(PingStatistics it) {
        return new JsonWriter()
                        .beginObject()
                        .member("schema", SCHEMA)
                        .member("target", name)
                        .member("sent", it.sent())
                        .member("unsent", it.unsent())
                        .member("received", it.received())
                        .memberOrNull("minNanos", it.minNanos())
                        .memberOrNull("medianNanos", it.medianNanos())
                        .memberOrNull("p95Nanos", it.p95Nanos())
                        .memberOrNull("maxNanos", it.maxNanos())
                        .member("jitterNanos", it.jitterNanos())
                        .endObject()
                + "\n";
    }
}
