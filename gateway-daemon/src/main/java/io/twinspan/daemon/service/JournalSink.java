package io.twinspan.daemon.service;

import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.LogSink;
import io.twinspan.daemon.observe.Severity;
import io.twinspan.daemon.sys.UnixDatagram;
import java.util.function.Consumer;

/**
 * Writes every journal entry to systemd's journal with its fields. An entry that the journal has no room for goes to the log
 * instead, so nothing waits and nothing is lost in silence. Control loop only.
 */
final class JournalSink implements Consumer<JournalEntry> {
    private static final String SOCKET = "/run/systemd/journal/socket";

    private final UnixDatagram journal = UnixDatagram.to(SOCKET);
    private final LogSink otherwise = new LogSink();

    @Override
    public void accept(JournalEntry entry) {
        if (entry.event().severity() != Severity.DEBUG && !journal.offer(JournalMessage.of(entry.event()))) {
            otherwise.accept(entry);
        }
    }
}
