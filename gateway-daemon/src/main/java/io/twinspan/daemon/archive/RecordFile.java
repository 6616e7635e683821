package io.twinspan.daemon.archive;

import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillVerdict;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/** A drill's summary as lines of names and values. */
final class RecordFile {
    private RecordFile() {}

    static String write(DrillRecord record) {
        Properties lines = new Properties();
        lines.setProperty("id", record.id());
        lines.setProperty("scenario", record.scenario());
        lines.setProperty("connection", record.connection());
        lines.setProperty("tunnel", Integer.toString(record.tunnel()));
        lines.setProperty("started", record.startedAt().toString());
        lines.setProperty("verdict", record.verdict().name());
        lines.setProperty("reason", record.reason());
        lines.setProperty("limit-nanos", Long.toString(record.limitNanos()));
        lines.setProperty("outage-out-nanos", Long.toString(record.outageOutNanos()));
        lines.setProperty("outage-in-nanos", Long.toString(record.outageInNanos()));
        lines.setProperty("sent", Integer.toString(record.sent()));
        lines.setProperty("lost", Integer.toString(record.lost()));
        StringWriter out = new StringWriter();
        try {
            lines.store(out, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    /** Empty where the text is no record: cut short by a crash, or of another program. */
    static Optional<DrillRecord> read(String text) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
            return Optional.of(new DrillRecord(
                    value(lines, "id"),
                    value(lines, "scenario"),
                    value(lines, "connection"),
                    Integer.parseInt(value(lines, "tunnel")),
                    Instant.parse(value(lines, "started")),
                    DrillVerdict.valueOf(value(lines, "verdict")),
                    value(lines, "reason"),
                    Long.parseLong(value(lines, "limit-nanos")),
                    Long.parseLong(value(lines, "outage-out-nanos")),
                    Long.parseLong(value(lines, "outage-in-nanos")),
                    Integer.parseInt(value(lines, "sent")),
                    Integer.parseInt(value(lines, "lost"))));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String value(Properties lines, String name) {
        String value = lines.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
