package io.twinspan.daemon.control;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Forwarding;
import io.twinspan.daemon.dataplane.Impairment;
import io.twinspan.daemon.dataplane.PacketHeader;
import io.twinspan.daemon.dataplane.Probe;
import io.twinspan.daemon.dataplane.ProbeKind;
import io.twinspan.daemon.dataplane.SizeCounts;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tunnels whose peers answer probes after a fixed time, unless the test says that their path is dead. */
final class AnsweringDataPlane implements DataPlane {
    static final long ROUND_TRIP_NANOS = 10_000_000;

    private final ControlLoop loop;
    private final ControlPlane control;
    private final String connection;
    private final Set<Integer> dead = new HashSet<>();
    private final Map<Integer, Integer> probes = new TreeMap<>();
    private final Map<Integer, Integer> looks = new TreeMap<>();
    private int activeTunnel;
    private boolean refusing;

    AnsweringDataPlane(TestControlLoop loop, ControlPlane control, String connection) {
        this.loop = loop.loop();
        this.control = control;
        this.connection = connection;
    }

    void dead(int tunnel) {
        dead.add(tunnel);
    }

    void alive(int tunnel) {
        dead.remove(tunnel);
    }

    void refuse() {
        refusing = true;
    }

    int activeTunnel() {
        return activeTunnel;
    }

    int probes(int tunnel) {
        return probes.getOrDefault(tunnel, 0);
    }

    /** How often the counters of a tunnel were read. */
    int looks(int tunnel) {
        return looks.getOrDefault(tunnel, 0);
    }

    @Override
    public void probe(Probe probe) {
        if (probe.kind() == ProbeKind.DRILL) {
            loop.execute(() -> answerDrill(probe));
            return;
        }
        probes.merge(probe.tunnel(), 1, Integer::sum);
        loop.execute(() -> {
            long sent = loop.nowNanos();
            control.probeSent(connection, probe.sequence(), refusing, sent);
            if (!refusing && !dead.contains(probe.tunnel())) {
                loop.schedule(
                        ROUND_TRIP_NANOS,
                        () -> control.probeAnswered(connection, probe.sequence(), sent, sent + ROUND_TRIP_NANOS));
            }
        });
    }

    private void answerDrill(Probe probe) {
        ConnectionControl drilled = control.connection(connection).orElseThrow();
        int tunnel = probe.tunnel() == NO_TUNNEL ? activeTunnel : probe.tunnel();
        long sent = loop.nowNanos();
        drilled.drillProbeSent(probe.sequence(), tunnel, sent);
        if (!dead.contains(tunnel)) {
            loop.schedule(
                    ROUND_TRIP_NANOS,
                    () -> drilled.drillProbeAnswered(probe.sequence(), tunnel, sent, sent + ROUND_TRIP_NANOS));
        }
    }

    @Override
    public void fence(Runnable done) {
        loop.execute(done);
    }

    @Override
    public void setForwarding(Forwarding forwarding, SwitchObserver done) {
        activeTunnel = forwarding.tunnels().isEmpty()
                ? NO_TUNNEL
                : forwarding.tunnels().getFirst();
        done.switched(loop.nowNanos());
    }

    @Override
    public void installInbound(int tunnel, EspSaParameters parameters, EspPath path, Runnable installed) {}

    @Override
    public void installOutbound(int tunnel, int inboundSpi, EspSaParameters parameters, EspPath path) {}

    @Override
    public void switchOutbound(int tunnel, int inboundSpi) {}

    @Override
    public void updatePath(int tunnel, int inboundSpi, EspPath path) {}

    @Override
    public void releaseOutbound(int tunnel, int inboundSpi, Runnable released) {
        released.run();
    }

    @Override
    public void removeChild(int tunnel, int inboundSpi) {}

    @Override
    public void setUplinkMtu(int tunnel, int octets) {}

    @Override
    public void impair(int tunnel, Impairment impairment) {}

    @Override
    public void headers(Consumer<List<PacketHeader>> done) {
        done.accept(List.of());
    }

    @Override
    public TunnelCounters counters(int tunnel) {
        looks.merge(tunnel, 1, Integer::sum);
        return Silence.INSTANCE;
    }

    /** Users do nothing. */
    private enum Silence implements TunnelCounters {
        INSTANCE;

        @Override
        public long packetsAuthenticated() {
            return 0;
        }

        @Override
        public long packetsMissingIn() {
            return 0;
        }

        @Override
        public long packetsIn() {
            return 0;
        }

        @Override
        public long bytesIn() {
            return 0;
        }

        @Override
        public long packetsOut() {
            return 0;
        }

        @Override
        public long bytesOut() {
            return 0;
        }

        @Override
        public long lastAuthenticatedNanos() {
            return Long.MIN_VALUE;
        }

        @Override
        public long espBytesIn() {
            return 0;
        }

        @Override
        public long espPacketsOut() {
            return 0;
        }

        @Override
        public long espBytesOut() {
            return 0;
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
