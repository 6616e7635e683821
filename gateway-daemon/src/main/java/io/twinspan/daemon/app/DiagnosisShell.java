package io.twinspan.daemon.app;

import io.twinspan.config.SettingPlaces;
import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.render.EffectiveConfig;
import io.twinspan.daemon.control.ConnectionFacts;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.DiagnosisControl;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.PingAnswer;
import io.twinspan.daemon.control.PingFollower;
import io.twinspan.daemon.control.PingOrder;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.dataplane.PathForecast;
import io.twinspan.daemon.diagnosis.CaptureAnswer;
import io.twinspan.daemon.diagnosis.CaptureFollower;
import io.twinspan.daemon.diagnosis.CaptureOrder;
import io.twinspan.daemon.diagnosis.CapturedPacket;
import io.twinspan.daemon.diagnosis.Check;
import io.twinspan.daemon.diagnosis.ConfigPlaces;
import io.twinspan.daemon.diagnosis.Diagnosis;
import io.twinspan.daemon.diagnosis.HostChecks;
import io.twinspan.daemon.diagnosis.HostFacts;
import io.twinspan.daemon.diagnosis.LastFailure;
import io.twinspan.daemon.diagnosis.PacketTrace;
import io.twinspan.daemon.diagnosis.RouteAnswer;
import io.twinspan.daemon.diagnosis.RouteView;
import io.twinspan.daemon.diagnosis.TracePacket;
import io.twinspan.daemon.diagnosis.TraceQuery;
import io.twinspan.daemon.diagnosis.TunnelChecks;
import io.twinspan.daemon.diagnosis.WiresharkKeys;
import io.twinspan.daemon.explain.ExplanationCatalog;
import io.twinspan.daemon.sys.Rtnetlink;
import io.twinspan.daemon.sys.SyscallException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gathers facts for diagnosis on a thread of its own, which may block and lives in the gateway's network namespace: its
 * maker's.
 */
final class DiagnosisShell implements Diagnosis, AutoCloseable {
    /** Between two looks at counters. */
    private static final long LOOK_MILLIS = 1_000;

    private final ExplanationCatalog catalog = ExplanationCatalog.load();
    private final QuestionThread worker = new QuestionThread("twinspan-diagnosis");
    private final QuestionThread.Shared<List<Check>> doctor =
            new QuestionThread.Shared<>(() -> worker.ask(this::lookAtAll));
    private final GatewayConfig config;
    private final GatewayApi gateway;
    private final DiagnosisControl control;
    private final ApiListener listener;
    private final Path file;
    private final @Nullable Path state;
    private final Set<String> captured = ConcurrentHashMap.newKeySet();

    /**
     * For one gateway.
     *
     * @param file that the configuration is from
     * @param state folder of what outlives the daemon; null for none
     */
    DiagnosisShell(
            GatewayConfig config,
            GatewayApi gateway,
            DiagnosisControl control,
            ApiListener listener,
            Path file,
            @Nullable Path state) {
        this.config = config;
        this.gateway = gateway;
        this.control = control;
        this.listener = listener;
        this.file = file;
        this.state = state;
    }

    @Override
    public CompletableFuture<List<Check>> doctor() {
        return doctor.ask();
    }

    private List<Check> lookAtAll() {
        GatewayStatus before = gateway.status().join();
        pause();
        GatewayStatus now = gateway.status().join();
        List<ConnectionFacts> facts = control.connections().join();
        HostFacts host = HostLook.at(
                true,
                running(facts),
                HostLook.cipher(now.facts().engines()),
                listener.facts(),
                new HostFacts.ConfigProblems(List.of(), List.of()));
        List<Check> checks = new ArrayList<>(
                TunnelChecks.of(before, now, facts, gateway.eventsSince(0).join(), catalog));
        checks.addAll(HostChecks.of(host));
        return checks;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As running by now, which may be another one than at the start. */
    private GatewayConfig running(List<ConnectionFacts> facts) {
        List<ConnectionConfig> connections =
                facts.stream().map(ConnectionFacts::config).toList();
        return new GatewayConfig(config.dataPlane(), config.api(), config.metrics(), connections);
    }

    @Override
    public CompletableFuture<PacketTrace> trace(TraceQuery query) {
        return worker.ask(() -> {
            List<ConnectionConfig> configs = control.connections().join().stream()
                    .map(ConnectionFacts::config)
                    .toList();
            RouteAnswer route;
            try (Rtnetlink netlink = new Rtnetlink()) {
                route = KernelRoutes.of(query, netlink);
            }
            Optional<ConnectionConfig> entered = route instanceof RouteAnswer.Leaves leaves
                    ? configs.stream()
                            .filter(it -> it.device().equals(leaves.device()))
                            .findFirst()
                    : Optional.empty();
            return entered.map(it -> through(query, route, it))
                    .orElseGet(() -> PacketTrace.outside(query, route, configs));
        });
    }

    private PacketTrace through(TraceQuery query, RouteAnswer route, ConnectionConfig entered) {
        String name = entered.name();
        PathForecast forecast =
                control.foretell(name, TracePacket.of(query)).join().orElseThrow();
        ConnectionStatus status =
                gateway.status().join().only(name).connections().getFirst();
        return PacketTrace.through(query, route, entered, status, forecast);
    }

    @Override
    public CompletableFuture<List<RouteView>> routes(String connection) {
        return worker.ask(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                List<ConnectionFacts> wanted = control.connections().join().stream()
                        .filter(it -> connection.isEmpty() || it.config().name().equals(connection))
                        .toList();
                return RouteView.of(wanted, HostLook.routes(netlink, netlink.linkNames()));
            }
        });
    }

    @Override
    public CompletableFuture<Optional<LastFailure>> lastFailure(String subject) {
        return worker.ask(() -> LastFailure.of(
                gateway.eventsSince(0).join(),
                subject,
                control.connections().join().stream()
                        .map(ConnectionFacts::config)
                        .toList(),
                places(),
                catalog));
    }

    private ConfigPlaces places() {
        SettingPlaces places = SettingPlaces.of(file);
        return (connection, tunnel, key) ->
                places.find(connection, tunnel, key).map(it -> it.at() + "  (" + it.path() + ")");
    }

    @Override
    public CompletableFuture<PingAnswer> ping(PingOrder order, PingFollower follower) {
        return control.ping(order, follower);
    }

    @Override
    public CompletableFuture<CaptureAnswer> capture(CaptureOrder order, CaptureFollower follower) {
        return worker.ask(() -> begin(order, follower));
    }

    private CaptureAnswer begin(CaptureOrder order, CaptureFollower follower) {
        String name = order.connection() + "/" + order.tunnel();
        Optional<TunnelStatus> tunnel = gateway.status().join().only(order.connection()).connections().stream()
                .flatMap(it -> it.tunnels().stream())
                .filter(it -> it.number() == order.tunnel())
                .findFirst();
        if (tunnel.isEmpty()) {
            return new CaptureAnswer.Unknown("no tunnel " + name);
        }
        if (!captured.add(name)) {
            return new CaptureAnswer.Refused("tunnel " + name + " is being captured", "wait for that to end");
        }
        boolean started = false;
        try {
            InetAddress peer = tunnel.get().outsideRemote();
            CaptureRun run = new CaptureRun(
                    order, control::tap, new Releasing(follower, name), () -> outside(peer, order.full()));
            String refusal = run.begin();
            if (!refusal.isEmpty()) {
                return new CaptureAnswer.Refused(refusal, "");
            }
            Thread thread =
                    Thread.ofPlatform().daemon().name("twinspan-capture").unstarted(run);
            started = true;
            return new CaptureAnswer.Started(thread::start, run::stop);
        } catch (CaptureException e) {
            return new CaptureAnswer.Refused(String.valueOf(e.getMessage()), e.hint());
        } catch (SyscallException e) {
            return new CaptureAnswer.Refused(String.valueOf(e.getMessage()), "");
        } finally {
            if (!started) {
                captured.remove(name);
            }
        }
    }

    private static OuterCapture outside(InetAddress peer, boolean full) {
        try (Rtnetlink netlink = new Rtnetlink()) {
            int index = netlink.routeTo(peer).interfaceIndex();
            return OuterCapture.open(netlink.linkNames().getOrDefault(index, "any"), peer, full);
        }
    }

    /** Lets the next capture of the tunnel begin once this one is over. */
    private final class Releasing implements CaptureFollower {
        private final CaptureFollower follower;
        private final String name;

        Releasing(CaptureFollower follower, String name) {
            this.follower = follower;
            this.name = name;
        }

        @Override
        public void packet(CapturedPacket packet) {
            follower.packet(packet);
        }

        @Override
        public void finished(long packets, long dropped) {
            captured.remove(name);
            follower.finished(packets, dropped);
        }
    }

    @Override
    public CompletableFuture<Optional<String>> keys(String connection, int tunnel) {
        return control.keys(connection, tunnel).thenApply(found -> found.map(WiresharkKeys::of));
    }

    @Override
    public CompletableFuture<Map<String, String>> bundle() {
        return worker.ask(() -> BundleTexts.of(
                EffectiveConfig.render(running(control.connections().join())), HostLook.sysctl(), state));
    }

    @Override
    public void close() {
        worker.close();
    }
}
