package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspLayout;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSealer;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.suite.EspSuite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sending half of a child SA with what surrounds it. Made on the control loop, then owned by the outbound loop. */
final class OutboundChild {
    private final int inboundSpi;
    private final OutboundSa sa;
    private final List<EspSealer> sealers;
    private final EspKeys keys;
    private final EspSuite suite;
    private final Runnable whenEnded;
    private EspPath path;
    private int uplinkMtuBytes;
    private EspSink direct;
    private EspSink sink;
    private @Nullable OutboundLine line;
    private int outerHeaderOctets;
    private int innerMtuBytes;
    private int overheadBytes;
    private boolean exhaustionTold;
    private int jobs;
    private boolean ended;

    /**
     * A child SA to send on.
     *
     * @param sealers one for each member of the sealing crew but the loop, which has the SA's own
     * @param whenEnded run on the outbound loop when no number of the SA will be used any more
     */
    OutboundChild(
            int inboundSpi,
            OutboundSa sa,
            List<EspSealer> sealers,
            EspKeys keys,
            EspSuite suite,
            int uplinkMtuBytes,
            EspPath path,
            EspSink sink,
            Runnable whenEnded) {
        this.whenEnded = whenEnded;
        this.inboundSpi = inboundSpi;
        this.sa = sa;
        this.sealers = List.copyOf(sealers);
        this.keys = keys;
        this.suite = suite;
        this.uplinkMtuBytes = uplinkMtuBytes;
        this.path = path;
        this.direct = sink;
        this.sink = sink;
        follow(path, sink);
    }

    /** Takes a new outside path. */
    void follow(EspPath newPath, EspSink newSink) {
        path = newPath;
        direct = newSink;
        outerHeaderOctets = EspOuterHeader.octets(newPath);
        impair(line);
        uplinkMtu(uplinkMtuBytes);
    }

    /** Takes another limit for outer packets. */
    void uplinkMtu(int octets) {
        uplinkMtuBytes = octets;
        boolean outerIpv6 = path.local().address().getAddress().length == 16;
        EspOverhead overhead = EspOverhead.of(suite, path.udpEncapsulated(), outerIpv6);
        innerMtuBytes = overhead.innerMtuBytes(uplinkMtuBytes);
        overheadBytes = overhead.outerBytes() + EspLayout.TRAILER_BYTES + overhead.alignmentBytes() - 1;
    }

    /** Sends over a drill's path; null for the real one. */
    void impair(@Nullable OutboundLine newLine) {
        line = newLine;
        sink = newLine == null ? direct : newLine.over(direct, outerHeaderOctets);
    }

    /** True while a drill's path stands behind it. */
    boolean isImpaired() {
        return line != null;
    }

    int inboundSpi() {
        return inboundSpi;
    }

    OutboundSa sa() {
        return sa;
    }

    /** The sealer of a member of the sealing crew, the loop being the last. */
    EspSealer sealer(int member) {
        return member < sealers.size() ? sealers.get(member) : sa.sealer();
    }

    EspSink sink() {
        return sink;
    }

    /** The largest inner packet that fits the uplink unfragmented. */
    int innerMtuBytes() {
        return innerMtuBytes;
    }

    /** Octets in front of an ESP packet outside: IP, and UDP where there is some. */
    int outerHeaderOctets() {
        return outerHeaderOctets;
    }

    /** The most that encapsulation adds to an inner packet. */
    int overheadBytes() {
        return overheadBytes;
    }

    /** True the first time it is asked once the SA comes near its end. */
    boolean shouldTellExhaustion() {
        if (exhaustionTold || !sa.isNearlyExhausted()) {
            return false;
        }
        exhaustionTold = true;
        return true;
    }

    /** True while packets of this SA are with the sealing crew. */
    boolean hasJobs() {
        return jobs > 0;
    }

    void jobBegins() {
        jobs++;
    }

    void jobEnds() {
        jobs--;
        if (ended && jobs == 0) {
            destroyKeys();
        }
    }

    /** Wipes the key material once the crew has sealed what it was given; nothing new is sent on the child any more. */
    void end() {
        ended = true;
        if (jobs == 0) {
            destroyKeys();
        }
    }

    private void destroyKeys() {
        sealers.forEach(EspSealer::destroy);
        sa.destroy();
        keys.destroy();
        whenEnded.run();
    }
}
