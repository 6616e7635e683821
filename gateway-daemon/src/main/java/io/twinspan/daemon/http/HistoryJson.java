package io.twinspan.daemon.http;

import io.twinspan.daemon.control.ConnectionHistory;
import io.twinspan.daemon.control.LiveSample;
import io.twinspan.daemon.history.HistoryColumns;
import io.twinspan.daemon.history.Series;
import io.twinspan.daemon.history.TunnelSample;
import java.util.List;
import java.util.Map;

/**
 * {@code twinspan.history/1}: a column for each series, because names for each of thousands of samples would be most of the
 * answer; and {@code twinspan.sample/1}: the newest sample of some connections. What is not known is null.
 */
final class HistoryJson {
    static final String SCHEMA = "twinspan.history/1";
    static final String SAMPLE_SCHEMA = "twinspan.sample/1";

    private static final double PERCENT = 100;

    private final JsonWriter json = new JsonWriter();

    private HistoryJson() {}

    static String of(ConnectionHistory history) {
        HistoryJson writer = new HistoryJson();
        writer.history(history);
        return writer.json + "\n";
    }

    /** One line. */
    static String of(List<LiveSample> samples) {
        HistoryJson writer = new HistoryJson();
        writer.samples(samples);
        return writer.json + "\n";
    }

    private void history(ConnectionHistory history) {
        json.beginObject()
                .member("schema", SCHEMA)
                .member("connection", history.connection())
                .member("range", history.range().label())
                .member("from", history.from())
                .member("stepSeconds", history.range().stepSeconds())
                .member("count", history.count());
        json.name("states").beginArray();
        ConnectionHistory.states().forEach(state -> json.value(state.label()));
        json.endArray().name("tunnels").beginArray();
        history.tunnels().forEach(this::columns);
        json.endArray().endObject();
    }

    private void columns(int tunnel, HistoryColumns columns) {
        json.beginObject().member("number", tunnel);
        for (Series series : Series.values()) {
            json.name(name(series)).beginArray();
            for (float value : columns.column(series)) {
                number(series, value);
            }
            json.endArray();
        }
        json.name("state").beginArray();
        for (byte state : columns.states()) {
            state(state);
        }
        json.endArray().endObject();
    }

    private void samples(List<LiveSample> samples) {
        json.beginObject().member("schema", SAMPLE_SCHEMA).name("connections").beginArray();
        for (LiveSample sample : samples) {
            json.beginObject()
                    .member("name", sample.connection())
                    .member("time", sample.at())
                    .name("tunnels")
                    .beginArray();
            for (Map.Entry<Integer, TunnelSample> tunnel : sample.tunnels().entrySet()) {
                json.beginObject().member("number", tunnel.getKey());
                for (Series series : Series.values()) {
                    number(series, tunnel.getValue().value(series), name(series));
                }
                json.name("state");
                state(tunnel.getValue().state());
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private void number(Series series, float value, String name) {
        json.name(name);
        number(series, value);
    }

    private void number(Series series, float value) {
        if (Float.isNaN(value)) {
            json.nullValue();
        } else {
            json.value(series == Series.LOSS ? value * PERCENT : value);
        }
    }

    private void state(int state) {
        if (state == TunnelSample.NO_STATE) {
            json.nullValue();
        } else {
            json.value(state);
        }
    }

    private static String name(Series series) {
        return switch (series) {
            case BYTES_IN -> "bytesInPerSecond";
            case BYTES_OUT -> "bytesOutPerSecond";
            case PACKETS_IN -> "packetsInPerSecond";
            case PACKETS_OUT -> "packetsOutPerSecond";
            case MEDIAN_MICROS -> "medianMicroseconds";
            case P95_MICROS -> "p95Microseconds";
            case LOSS -> "lossPercent";
        };
    }
}
