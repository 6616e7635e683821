package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.crypto.engine.EngineChoice;
import io.twinspan.crypto.engine.EngineReport;
import io.twinspan.crypto.primitive.PrimitiveSelfTest;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.daemon.archive.DrillArchive;
import io.twinspan.daemon.archive.FlightArchive;
import io.twinspan.daemon.cli.VersionCommand;
import io.twinspan.daemon.control.ConnectionChanges;
import io.twinspan.daemon.control.ControlPlane;
import io.twinspan.daemon.control.DiagnosisControl;
import io.twinspan.daemon.control.DrillDesk;
import io.twinspan.daemon.control.DrillParts;
import io.twinspan.daemon.control.FlightRecorder;
import io.twinspan.daemon.control.MtuControl;
import io.twinspan.daemon.control.OperatorDesk;
import io.twinspan.daemon.control.RunFacts;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.ConfigRoutes;
import io.twinspan.daemon.http.DiagnosisRoutes;
import io.twinspan.daemon.http.DrillRendering;
import io.twinspan.daemon.http.FlightRendering;
import io.twinspan.daemon.http.GatewayRoutes;
import io.twinspan.daemon.http.RouteGroup;
import io.twinspan.daemon.http.RunningConfigRoutes;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.SpiAllocator;
import io.twinspan.daemon.io.GatewayIo;
import io.twinspan.daemon.io.GatewayIoOptions;
import io.twinspan.daemon.io.HostNews;
import io.twinspan.daemon.io.KeptNames;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.metrics.GatewayMetrics;
import io.twinspan.daemon.metrics.MetricsRoutes;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.LogSink;
import io.twinspan.daemon.observe.Severity;
import io.twinspan.daemon.resume.StateRegion;
import io.twinspan.daemon.routing.RouteConflictException;
import io.twinspan.daemon.routing.RouteInstaller;
import io.twinspan.daemon.routing.RoutePlan;
import io.twinspan.daemon.service.Service;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.SyscallException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a gateway up. Everything that can be refused is tried before the host's routes are touched; then the protected
 * prefixes are blackholed before any device exists, so that at no moment their traffic can leave in the clear. Keeper
 * thread.
 */
final class StartupSequence {
    private final StartingPoint from;
    private static final Logger LOG = LoggerFactory.getLogger(StartupSequence.class);

    private final GatewayConfig config;
    private final Executor keeper;
    private final Path socket;
    private final @Nullable Path state;
    private final Service service;
    private final Runnable restart;
    private final Teardown teardown = new Teardown();

    private static final long BACKLOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Who lives this long is not killed by what it took up. */
    private static final long PROVED_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * @param state where reports of drills go; null to keep them in memory
     * @param restart ends this process as SIGTERM does
     */
    StartupSequence(
            StartingPoint from, Path socket, @Nullable Path state, Service service, Runnable restart, Executor keeper) {
        this.from = from;
        this.config = from.config();
        this.keeper = keeper;
        this.socket = socket;
        this.state = state;
        this.service = service;
        this.restart = restart;
    }

    /** Starts everything, or nothing; of a service that will be started again, the fence around its prefixes stays. */
    Gateway run() {
        try {
            return start();
        } catch (SyscallException e) {
            giveUp();
            throw explained(e);
        } catch (RouteConflictException e) {
            giveUp();
            throw StartupException.failed(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            giveUp();
            throw StartupException.failed("cannot serve " + socket + ": " + e.getMessage(), "");
        } catch (RuntimeException e) {
            giveUp();
            throw e;
        }
    }

    private void giveUp() {
        if (service.handsOver()) {
            fenceOff();
        }
        teardown.run();
    }

    /** RFC 4301 section 5.1: what is to be protected must not leave in clear, between two tries to start either. */
    private void fenceOff() {
        try (RouteInstaller fence = new RouteInstaller()) {
            config.connections().forEach(connection -> fence.fence(connection.remotePrefixes()));
        } catch (SyscallException e) {
            LOG.error("The protected prefixes could not be fenced off: {}", e.getMessage());
        }
    }

    private Gateway start() throws IOException {
        Preflight.requireRights();
        InstanceLock lock = InstanceLock.take(socket);
        teardown.add("instance lock", lock);
        EngineChoice crypto = CryptoEngines.choose(config.dataPlane());
        PeerPolicies policies = new PeerPolicies(new PrimitiveSelfTest(crypto.engine()));
        ConnectionDrafts drafting = new ConnectionDrafts(policies);
        List<ConnectionDraft> drafts = drafting.of(config.connections());
        // RFC 4301 section 5.1: what is to be protected must not leave in clear, so it is fenced off before all else.
        RouteInstaller installer = new RouteInstaller();
        if (service.handsOver()) {
            installer.keepFence();
        }
        teardown.add("route socket", installer);
        teardown.add("routes", installer::remove);
        installer.inherit(service.inherited().stream().map(KeptNames::deviceOf).toList());
        List<Route> detours = drafts.stream()
                .flatMap(draft -> installer.protect(draft.routes()).stream())
                .toList();
        installer.removeLeftovers();
        ControlLoop loop = ControlLoop.start("twinspan-control");
        teardown.add("control loop", loop);
        Wiring wiring = new Wiring(loop, crypto);
        ConnectionAssembly assembly = wiring.assembly();
        wiring.io.hold();
        drafts.forEach(assembly::openOutside);
        wiring.io.watchHost(wiring.hostNews());
        drafts.forEach(assembly::open);
        drafts.forEach(draft -> installer.bringUp(draft.routes()));
        service.dropUnused();
        OperatorDesk desk = wiring.desk();
        GatewayMetrics metrics = wiring.metrics(desk);
        wiring.resume(desk);
        wiring.begin(desk);
        List<RouteGroup> routeGroups = new ArrayList<>(GatewayRoutes.of(desk));
        routeGroups.add(new MetricsRoutes(metrics));
        ApiListener listener = new ApiListener(config.api());
        DiagnosisShell diagnosis = new DiagnosisShell(
                config, desk, wiring.diagnosis(), listener, from.file().path(), state);
        teardown.add("diagnosis", diagnosis);
        routeGroups.add(new DiagnosisRoutes(diagnosis));
        ConfigApplier applier =
                new ConfigApplier(wiring.parts(), assembly, drafting, installer, new RunningConfig(config, drafts));
        ReloadDesk reload = wiring.reload(applier, desk);
        routeGroups.add(new ConfigRoutes(reload));
        routeGroups.add(new RunningConfigRoutes(reload::running));
        Consumer<GatewayEvent> journal = event -> loop.execute(() -> wiring.journal.record(event));
        ApiServer server = ApiServer.start(socket, routeGroups, config.api().groups(), journal);
        teardown.add("control API", server);
        listener.open(server, journal);
        teardown.add("API listener", listener);
        installer.settle();
        List<RoutePlan> routes = drafts.stream().map(ConnectionDraft::routes).toList();
        wiring.announce(desk, Preflight.warnings(routes, detours));
        wiring.wipeAtTheEnd();
        if (service.handsOver()) {
            wiring.afterTheBacklog(() -> installer.shortenQueues(routes));
        }
        service.ready(desk, wiring.loops(server));
        wiring.announceFallback();
        return new Gateway(loop, wiring.journal, desk, reload, applier::abandon, server, teardown, service);
    }

    private static StartupException explained(SyscallException e) {
        String what = String.valueOf(e.getMessage());
        return switch (e.errno()) {
            case Errno.EADDRINUSE ->
                StartupException.failed(
                        PortHolder.ofIkePorts()
                                .map(holder -> "another IKE daemon holds the ports: " + holder)
                                .orElse(what),
                        "stop it first, for example: systemctl disable --now strongswan");
            case Errno.EADDRNOTAVAIL ->
                StartupException.failed(what, "the address to bind is none of this host's; see 'ip address'");
            case Errno.EPERM, Errno.EACCES ->
                StartupException.notPermitted(what, "run as root, or by the systemd unit");
            default -> StartupException.failed(what, "");
        };
    }

    /** The parts that know each other, in the order in which they come into being. */
    private final class Wiring {
        private final ControlLoop loop;
        private final EngineReport engines;
        private final GatewayIo io;
        private final EventJournal journal;
        private final ControlPlane control;
        private final IkeSaManager ike;
        private final HostNetwork host;
        private final MtuControl mtu;
        private final @Nullable StateRegion region = StateMemory.of(service);
        private final SpiAllocator spis = new SpiAllocator();
        private final SecureRandom random = new SecureRandom();

        Wiring(ControlLoop loop, EngineChoice crypto) {
            this.loop = loop;
            engines = crypto.report();
            EntropySource entropy = new SecureRandom()::nextBytes;
            io = GatewayIo.start(ioOptions(), loop, crypto.engine(), entropy, service.descriptors());
            teardown.add("descriptors", io);
            journal = new EventJournal(loop::nowNanos, Instant::now);
            control = new ControlPlane(loop, journal, Instant::now, io::drops);
            ike = new IkeSaManager(loop, io.datagramSender(), spis, control, control::onDrop);
            host = onLoop(HostNetwork::new);
            teardown.add("host network", () -> onLoop(host::close));
            mtu = onLoop(() -> new MtuControl(loop, journal, ike::summary, control));
            onLoop(() -> {
                control.peers(ike::deliver);
                return journal.follow(Optional.ofNullable(service.journal()).orElseGet(LogSink::new));
            });
        }

        Map<String, Executor> loops(ApiServer server) {
            Map<String, Executor> loops = new HashMap<>(io.loops());
            loops.put("control", loop);
            loops.put("admin", server.loop());
            return loops;
        }

        HostNews hostNews() {
            return new HostNews() {
                @Override
                public void icmpError(InetAddress local, InetAddress remote, int type, int code) {
                    control.onIcmpError(local, remote, type, code);
                }

                @Override
                public void linksChanged() {
                    control.onLinksChanged();
                }
            };
        }

        private GatewayIoOptions ioOptions() {
            GatewayIoOptions options = Plans.io(config.dataPlane());
            return region == null ? options : options.keeping(region.numbers());
        }

        /** Before a packet is read: then those that waited find the SAs and the tunnel that they were meant for. */
        void resume(OperatorDesk desk) {
            if (region == null) {
                return;
            }
            StateRegion kept = region;
            onLoop(() -> {
                desk.resumeAll();
                kept.settle();
                return loop.schedule(PROVED_NANOS, kept::proved);
            });
        }

        /** What is configured no more leaves nothing to the next process; while a change is on trial, it may come back. */
        private void retain(GatewayConfig config) {
            if (region != null) {
                region.retain(config.connections().stream()
                        .map(ConnectionConfig::name)
                        .collect(Collectors.toSet()));
            }
        }

        /** A drill goes on at once, since every moment until then counts as an outage. */
        void begin(OperatorDesk desk) {
            io.begin();
            onLoop(() -> {
                desk.takeUpDrill();
                return true;
            });
        }

        /** Once what waited for this process has been read, and what it called forth. */
        void afterTheBacklog(Runnable task) {
            onLoop(() -> loop.schedule(
                    BACKLOG_NANOS,
                    () -> keeper.execute(() -> {
                        try {
                            task.run();
                        } catch (SyscallException e) {
                            LOG.warn("A device keeps the long queue of a restart.", e);
                        }
                    })));
        }

        /** Only once all has started: a start that fails leaves the next one what there is. */
        void wipeAtTheEnd() {
            if (region != null) {
                StateRegion kept = region;
                teardown.add(
                        "kept state",
                        () -> onLoop(() -> {
                            kept.end();
                            return true;
                        }));
            }
        }

        ConnectionAssembly.Parts parts() {
            return new ConnectionAssembly.Parts(loop, io, control, ike, spis, mtu, host, region);
        }

        ConnectionAssembly assembly() {
            return new ConnectionAssembly(parts());
        }

        ReloadDesk reload(ConfigApplier applier, OperatorDesk desk) {
            ConfigStore store = state == null ? null : StartingPoint.store(state);
            ReloadDesk.Parts needed = new ReloadDesk.Parts(
                    loop, keeper, applier, journal, Instant::now, from.file(), store, desk::drillRuns, this::retain);
            ReloadDesk reload = new ReloadDesk(needed, new ConnectionChanges(control, ike, mtu), from.content());
            return onLoop(() -> {
                desk.reloads(reload::facts);
                return reload;
            });
        }

        /** A file that is not trusted stays so until somebody applies it, or another text. */
        void announceFallback() {
            if (state != null && !from.fallback()) {
                ReloadDesk.save(
                        StartingPoint.store(state),
                        store -> store.keep(from.content().text()));
            }
            if (from.fallback()) {
                onLoop(() -> {
                    journal.record(GatewayEvent.of(
                            Severity.WARN,
                            "config.rolled-back",
                            "",
                            0,
                            "the last confirmed configuration runs, since "
                                    + from.file().path()
                                    + " was never confirmed; 'twinspan config diff' shows what differs"));
                    return true;
                });
            }
        }

        DiagnosisControl diagnosis() {
            return new DiagnosisControl(loop, control, mtu, ike::keys);
        }

        OperatorDesk desk() {
            DrillArchive archive = state == null
                    ? DrillArchive.inMemory(DrillRendering::of)
                    : DrillArchive.open(state.resolve("drills"), DrillRendering::of);
            teardown.add("history of drills", archive);
            DrillParts parts = new DrillParts(
                    archive,
                    random::nextLong,
                    new ConnectionTracking(),
                    Environments.ofDrills(VersionCommand.version()),
                    new ServiceSuccession(service.handsOver(), restart));
            return onLoop(() -> new OperatorDesk(
                    loop,
                    control,
                    ike,
                    new DrillDesk(loop, control, ike, journal, Instant::now, parts),
                    journal,
                    mtu,
                    Instant::now,
                    new RunFacts(VersionCommand.version(), engines)));
        }

        GatewayMetrics metrics(OperatorDesk desk) {
            GatewayMetrics metrics = new GatewayMetrics(VersionCommand.version(), desk::reading);
            teardown.add("metrics", metrics);
            onLoop(() -> {
                control.meter(metrics);
                return journal.follow(metrics::heard);
            });
            MetricsConfig.Otlp receiver = config.metrics().otlp();
            if (receiver != null) {
                try {
                    metrics.push(receiver);
                } catch (IOException e) {
                    throw StartupException.failed("metrics.otlp.headers cannot be read: " + e.getMessage(), "");
                }
            }
            return metrics;
        }

        void announce(OperatorDesk desk, List<String> warnings) {
            onLoop(() -> {
                warnings.forEach(
                        text -> journal.record(GatewayEvent.of(Severity.WARN, "preflight.warning", "", 0, text)));
                journal.record(CryptoEngines.event(engines));
                journal.record(GatewayEvent.of(Severity.INFO, "gateway.started", "", 0, "the gateway runs")
                        .with("version", VersionCommand.version())
                        .with("socket", socket));
                recordFlights();
                desk.startAll();
                return true;
            });
        }

        /** Without a folder to keep them in, nothing is recorded. */
        private void recordFlights() {
            if (state == null) {
                return;
            }
            FlightArchive archive = new FlightArchive(state.resolve("flight"));
            teardown.add("records of fail-overs", archive);
            FlightRecorder.start(
                    loop,
                    control,
                    journal,
                    Instant::now,
                    record -> archive.save(
                            record.name(),
                            () -> FlightRendering.files(record),
                            folder -> loop.execute(() -> journal.record(FlightRecorder.saved(record, folder)))));
        }

        private <T> T onLoop(Supplier<T> task) {
            return CompletableFuture.supplyAsync(task, loop).join();
        }
    }
}
