package io.twinspan.daemon.resume;

import io.twinspan.daemon.ike.PeerMemory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer's record, and the cells of its child SAs. Control loop only. */
final class KeptPeer implements PeerMemory {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPeer.class);

    private final StateRegion region;
    private final NumberCells numbers;
    private final String name;
    private boolean told;

    KeptPeer(StateRegion region, NumberCells numbers, String name) {
        this.region = region;
        this.numbers = numbers;
        this.name = name;
    }

    @Override
    public void keep(Supplier<Collection<Integer>> inboundSpis, Supplier<byte[]> snapshot) {
        boolean kept = true;
        for (int inboundSpi : inboundSpis.get()) {
            kept &= numbers.claim(inboundSpi);
        }
        if (kept) {
            byte[] octets = snapshot.get();
            kept = region.write(name, octets);
            Arrays.fill(octets, (byte) 0);
        } else {
            region.erase(name);
        }
        if (!kept && !told) {
            told = true;
            LOG.warn("There is no room to keep {}: after a restart it is negotiated anew.", name);
        }
    }

    @Override
    public Optional<Recollection> recall() {
        return region.read(name)
                .map(stored -> new Recollection(stored.payload(), region.sinceNanos(stored.writtenNanos())));
    }

    @Override
    public boolean knowsNumbersOf(int inboundSpi) {
        return numbers.knows(inboundSpi);
    }

    @Override
    public void forget() {
        region.erase(name);
    }
}
