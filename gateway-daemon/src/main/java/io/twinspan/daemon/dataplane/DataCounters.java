package io.twinspan.daemon.dataplane;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tunnel's counters. Each has one writing loop, which reads it plainly and publishes it opaquely; any thread may look.
 */
final class DataCounters implements TunnelCounters {
    private final AtomicLong packetsAuthenticated = new AtomicLong();
    private final AtomicLong packetsMissingIn = new AtomicLong();
    private final AtomicLong packetsIn = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong packetsOut = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong lastAuthenticatedNanos = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong espBytesIn = new AtomicLong();
    private final AtomicLong espPacketsOut = new AtomicLong();
    private final AtomicLong espBytesOut = new AtomicLong();
    private final SizeCounters sizes = new SizeCounters();
    private final DropCounters inbound = new DropCounters();
    private final DropCounters outbound = new DropCounters();

    /** On the inbound loop. */
    void received(int innerOctets) {
        packetsIn.setOpaque(packetsIn.getPlain() + 1);
        bytesIn.setOpaque(bytesIn.getPlain() + innerOctets);
    }

    /**
     * On the inbound loop.
     *
     * @param missing sequence numbers passed over since the packet before, or -1 for one that comes late
     * @param outerOctets of the packet outside, its headers included
     */
    void authenticated(long nowNanos, long missing, int outerOctets) {
        lastAuthenticatedNanos.setOpaque(nowNanos);
        espBytesIn.setOpaque(espBytesIn.getPlain() + outerOctets);
        packetsAuthenticated.setOpaque(packetsAuthenticated.getPlain() + 1);
        if (missing != 0) {
            packetsMissingIn.setOpaque(packetsMissingIn.getPlain() + missing);
        }
    }

    /** On the outbound loop. */
    void sent(int packets, int innerOctets) {
        packetsOut.setOpaque(packetsOut.getPlain() + packets);
        bytesOut.setOpaque(bytesOut.getPlain() + innerOctets);
    }

    /**
     * On the outbound loop.
     *
     * @param outerOctets of all these packets outside, their headers included
     */
    void sealed(int packets, int outerOctets) {
        espPacketsOut.setOpaque(espPacketsOut.getPlain() + packets);
        espBytesOut.setOpaque(espBytesOut.getPlain() + outerOctets);
    }

    /** What sizes made necessary, to be counted by either loop. */
    SizeCounters sizing() {
        return sizes;
    }

    /** Drops of the inbound loop. */
    DropCounters inbound() {
        return inbound;
    }

    /** Drops of the outbound loop. */
    DropCounters outbound() {
        return outbound;
    }

    @Override
    public long packetsAuthenticated() {
        return packetsAuthenticated.getOpaque();
    }

    @Override
    public long packetsMissingIn() {
        return packetsMissingIn.getOpaque();
    }

    @Override
    public long packetsIn() {
        return packetsIn.getOpaque();
    }

    @Override
    public long bytesIn() {
        return bytesIn.getOpaque();
    }

    @Override
    public long packetsOut() {
        return packetsOut.getOpaque();
    }

    @Override
    public long bytesOut() {
        return bytesOut.getOpaque();
    }

    @Override
    public long lastAuthenticatedNanos() {
        return lastAuthenticatedNanos.getOpaque();
    }

    @Override
    public long espBytesIn() {
        return espBytesIn.getOpaque();
    }

    @Override
    public long espPacketsOut() {
        return espPacketsOut.getOpaque();
    }

    @Override
    public long espBytesOut() {
        return espBytesOut.getOpaque();
    }

    @Override
    public SizeCounts sizes() {
        return sizes.read();
    }

    @Override
    public Map<String, Long> dropsIn() {
        return inbound.snapshot();
    }

    @Override
    public Map<String, Long> dropsOut() {
        return outbound.snapshot();
    }

    @Override
    public Map<String, Long> drops() {
        Map<String, Long> result = new TreeMap<>();
        inbound.addTo(result);
        outbound.addTo(result);
        return result;
    }
}
