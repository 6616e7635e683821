package io.twinspan.daemon.ike;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Forwarding;
import io.twinspan.daemon.dataplane.Impairment;
import io.twinspan.daemon.dataplane.PacketHeader;
import io.twinspan.daemon.dataplane.Probe;
import io.twinspan.daemon.dataplane.SizeCounts;
import io.twinspan.daemon.dataplane.TunnelCounters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes down what it is told, and acknowledges only when asked to. */
public final class RecordingDataPlane implements DataPlane {
    private final List<String> log;
    private final Deque<Runnable> unacknowledged = new ArrayDeque<>();
    private int activeTunnel;
    private long lastAuthenticatedNanos = Long.MIN_VALUE;

    /** Shares a log with other recorders, so that the order among them shows. */
    public RecordingDataPlane(List<String> log) {
        this.log = log;
    }

    /** Says that the oldest inbound SA opens packets now, or that the last packet on an outbound SA has been sent. */
    public void acknowledge() {
        unacknowledged.removeFirst().run();
    }

    /** The last tunnel that was made active. */
    public int activeTunnel() {
        return activeTunnel;
    }

    /** Pretends that ESP proved authentic. */
    public void authenticatedAt(long nanos) {
        lastAuthenticatedNanos = nanos;
    }

    @Override
    public void installInbound(int tunnel, EspSaParameters parameters, EspPath path, Runnable installed) {
        log.add("inbound " + parameters.spi());
        unacknowledged.addLast(installed);
    }

    @Override
    public void installOutbound(int tunnel, int inboundSpi, EspSaParameters parameters, EspPath path) {
        log.add("outbound " + inboundSpi);
    }

    @Override
    public void switchOutbound(int tunnel, int inboundSpi) {
        log.add("switch " + inboundSpi);
    }

    @Override
    public void updatePath(int tunnel, int inboundSpi, EspPath path) {
        log.add("path " + inboundSpi);
    }

    @Override
    public void releaseOutbound(int tunnel, int inboundSpi, Runnable released) {
        log.add("release " + inboundSpi);
        unacknowledged.addLast(released);
    }

    @Override
    public void removeChild(int tunnel, int inboundSpi) {
        log.add("remove " + inboundSpi);
    }

    @Override
    public void setForwarding(Forwarding forwarding, SwitchObserver done) {
        activeTunnel = forwarding.tunnels().isEmpty()
                ? NO_TUNNEL
                : forwarding.tunnels().getFirst();
        log.add("active " + activeTunnel);
        done.switched(0);
    }

    @Override
    public void setUplinkMtu(int tunnel, int octets) {
        log.add("uplink mtu " + tunnel + " " + octets);
    }

    @Override
    public void probe(Probe probe) {
        log.add("probe " + probe.tunnel());
    }

    @Override
    public void fence(Runnable done) {
        done.run();
    }

    @Override
    public void impair(int tunnel, Impairment impairment) {
        log.add("impair " + tunnel + (impairment.isNone() ? " none" : ""));
    }

    @Override
    public void headers(Consumer<List<PacketHeader>> done) {
        done.accept(List.of());
    }

    @Override
    public TunnelCounters counters(int tunnel) {
        return new Counters(lastAuthenticatedNanos);
    }

    private record Counters(long lastAuthenticatedNanos) implements TunnelCounters {
        @Override
        public long packetsAuthenticated() {
            return 12;
        }

        @Override
        public long packetsMissingIn() {
            return 0;
        }

        @Override
        public long packetsIn() {
            return 12;
        }

        @Override
        public long bytesIn() {
            return 3_400;
        }

        @Override
        public long packetsOut() {
            return 56;
        }

        @Override
        public long bytesOut() {
            return 7_800_000;
        }

        @Override
        public long espBytesIn() {
            return 4_400;
        }

        @Override
        public long espPacketsOut() {
            return 60;
        }

        @Override
        public long espBytesOut() {
            return 8_800_000;
        }

        @Override
        public SizeCounts sizes() {
            return SizeCounts.NONE;
        }

        @Override
        public Map<String, Long> dropsIn() {
            return Map.of();
        }

        @Override
        public Map<String, Long> dropsOut() {
            return Map.of();
        }

        @Override
        public Map<String, Long> drops() {
            return Map.of();
        }
    }
}
