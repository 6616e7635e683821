package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspLayout;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.suite.EspSuite;

/** The sending half of a child SA with what surrounds it. Made on the control loop, then owned by the outbound loop. */
final class OutboundChild {
    private final int inboundSpi;
    private final OutboundSa sa;
    private final EspKeys keys;
    private final EspSuite suite;
    private final int uplinkMtuBytes;
    private EspSink sink;
    private int innerMtuBytes;
    private int overheadBytes;
    private boolean exhaustionTold;

    OutboundChild(
            int inboundSpi,
            OutboundSa sa,
            EspKeys keys,
            EspSuite suite,
            int uplinkMtuBytes,
            EspPath path,
            EspSink sink) {
        this.inboundSpi = inboundSpi;
        this.sa = sa;
        this.keys = keys;
        this.suite = suite;
        this.uplinkMtuBytes = uplinkMtuBytes;
        this.sink = sink;
        follow(path, sink);
    }

    /** Takes a new outside path. */
    void follow(EspPath path, EspSink newSink) {
        sink = newSink;
        boolean outerIpv6 = path.local().address().getAddress().length == 16;
        EspOverhead overhead = EspOverhead.of(suite, path.udpEncapsulated(), outerIpv6);
        innerMtuBytes = overhead.innerMtuBytes(uplinkMtuBytes);
        overheadBytes = overhead.outerBytes() + EspLayout.TRAILER_BYTES + overhead.alignmentBytes() - 1;
    }

    int inboundSpi() {
        return inboundSpi;
    }

    OutboundSa sa() {
        return sa;
    }

    EspSink sink() {
        return sink;
    }

    /** The largest inner packet that fits the uplink unfragmented. */
    int innerMtuBytes() {
        return innerMtuBytes;
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

    /** Wipes the key material; the child must not be used any more. */
    void destroyKeys() {
        keys.encryption().destroy();
        keys.integrity().destroy();
    }
}
