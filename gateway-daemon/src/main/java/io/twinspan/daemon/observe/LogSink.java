package io.twinspan.daemon.observe;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes every journal entry as one structured log line. */
public final class LogSink implements Consumer<JournalEntry> {
    private static final Logger LOG = LoggerFactory.getLogger("io.twinspan.events");

    @Override
    public void accept(JournalEntry entry) {
        Level level = level(entry.event().severity());
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level).log(Logfmt.line(entry.event()));
        }
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }
}
