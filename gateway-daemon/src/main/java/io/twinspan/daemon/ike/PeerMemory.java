package io.twinspan.daemon.ike;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** Port: what the next process is to know of one peer. Control loop only. */
public interface PeerMemory {
    /** Keeps nothing: the peer ends with the process. */
    PeerMemory NONE = new PeerMemory() {
        @Override
        public void keep(Supplier<Collection<Integer>> inboundSpis, Supplier<byte[]> snapshot) {}

        @Override
        public Optional<Recollection> recall() {
            return Optional.empty();
        }

        @Override
        public boolean knowsNumbersOf(int inboundSpi) {
            return false;
        }

        @Override
        public void forget() {}
    };

    /**
     * Replaces what is kept, before anything is done that follows from the new state.
     *
     * @param inboundSpis of all child SAs in it; their sequence numbers are kept too
     * @param snapshot the state; asked for at once, or not at all
     */
    void keep(Supplier<Collection<Integer>> inboundSpis, Supplier<byte[]> snapshot);

    /** What the process before has kept. */
    Optional<Recollection> recall();

    /** True where the sequence numbers of this child SA are known, so that none of them would be used again. */
    boolean knowsNumbersOf(int inboundSpi);

    /** Keeps nothing of the peer until the next {@link #keep}. */
    void forget();

    /**
     * Something kept.
     *
     * @param agoNanos how long ago
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Recollection(byte[] snapshot, long agoNanos) {}
}
