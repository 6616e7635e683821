package io.twinspan.daemon.control;

import java.util.Optional;

/** Port: what the next process is to know of one connection. Control loop only. */
public interface ConnectionMemory {
    /** Keeps nothing: fail-over and orders end with the process. */
    ConnectionMemory NONE = new ConnectionMemory() {
        @Override
        public void keep(byte[] notes) {}

        @Override
        public Optional<Recollection> recall() {
            return Optional.empty();
        }
    };

    /** Replaces what is kept. */
    void keep(byte[] notes);

    /** What the process before has kept. */
    Optional<Recollection> recall();

    /**
     * Something kept.
     *
     * @param agoNanos how long ago
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Recollection(byte[] notes, long agoNanos) {}
}
