package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.crypto.engine.EngineChoice;
import io.twinspan.crypto.engine.EngineReport;
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
import io.twinspan.daemon.http.DrillRendering;
import io.twinspan.daemon.http.FlightRendering;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.SpiAllocator;
import io.twinspan.daemon.io.GatewayIo;
import io.twinspan.daemon.io.GatewayIoOptions;
import io.twinspan.daemon.io.HostNews;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.metrics.GatewayMetrics;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.LogSink;
import io.twinspan.daemon.observe.Severity;
import io.twinspan.daemon.resume.StateRegion;
import io.twinspan.daemon.service.Service;
import io.twinspan.daemon.sys.SyscallException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a gateway that know each other, in the order in which they come into being. What has to be undone goes to the
 * teardown as it comes. Keeper thread.
 */
final class GatewayWiring {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayWiring.class);
    private static final long BACKLOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Who lives this long is not killed by what it took up. */
    private static final long PROVED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Start start;
    private final ControlLoop loop;
    private final EngineReport engines;
    private final GatewayIo io;
    private final EventJournal journal;
    private final ControlPlane control;
    private final IkeSaManager ike;
    private final HostNetwork host;
    private final MtuControl mtu;
    private final @Nullable StateRegion region;
    private final SpiAllocator spis = new SpiAllocator();
    private final SecureRandom random = new SecureRandom();

    /**
     * What every part may need of the start.
     *
     * @param state folder for what outlives the process; null for none
     * @param restart ends this process as SIGTERM does
     */
    record Start(
            StartingPoint from,
            Path socket,
            @Nullable Path state,
            Service service,
            Runnable restart,
            Executor keeper,
            Teardown teardown) {
        GatewayConfig config() {
            return from.config();
        }
    }

    GatewayWiring(Start start, ControlLoop loop, EngineChoice crypto) {
        this.start = start;
        this.loop = loop;
        region = StateMemory.of(start.service());
        engines = crypto.report();
        EntropySource entropy = new SecureRandom()::nextBytes;
        io = GatewayIo.start(
                ioOptions(), loop, crypto.engine(), entropy, start.service().descriptors());
        start.teardown().add("descriptors", io);
        journal = new EventJournal(loop::nowNanos, Instant::now);
        control = new ControlPlane(loop, journal, Instant::now, io::drops);
        ike = new IkeSaManager(loop, io.datagramSender(), spis, control, control::onDrop);
        host = onLoop(HostNetwork::new);
        start.teardown().add("host network", () -> onLoop(host::close));
        mtu = onLoop(() -> new MtuControl(loop, journal, ike::summary, control));
        onLoop(() -> {
            control.peers(ike::deliver);
            return journal.follow(Optional.ofNullable(start.service().journal()).orElseGet(LogSink::new));
        });
    }

    GatewayIo io() {
        return io;
    }

    EventJournal journal() {
        return journal;
    }

    /** All that do the work, for whoever watches over their progress. */
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
        GatewayIoOptions options = Plans.io(start.config().dataPlane());
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
    private void retain(GatewayConfig kept) {
        if (region != null) {
            region.retain(
                    kept.connections().stream().map(ConnectionConfig::name).collect(Collectors.toSet()));
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
                () -> start.keeper().execute(() -> {
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
            start.teardown()
                    .add(
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
        ConfigStore store = start.state() == null ? null : StartingPoint.store(start.state());
        ReloadDesk.Parts needed = new ReloadDesk.Parts(
                loop,
                start.keeper(),
                applier,
                journal,
                Instant::now,
                start.from().file(),
                store,
                desk::drillRuns,
                this::retain);
        ReloadDesk reload = new ReloadDesk(
                needed, new ConnectionChanges(control, ike, mtu), start.from().content());
        return onLoop(() -> {
            desk.reloads(reload::facts);
            return reload;
        });
    }

    /** A file that is not trusted stays so until somebody applies it, or another text. */
    void announceFallback() {
        if (start.state() != null && !start.from().fallback()) {
            ReloadDesk.save(
                    StartingPoint.store(start.state()),
                    store -> store.keep(start.from().content().text()));
        }
        if (start.from().fallback()) {
            onLoop(() -> {
                journal.record(GatewayEvent.of(
                        Severity.WARN,
                        "config.rolled-back",
                        "",
                        0,
                        "the last confirmed configuration runs, since "
                                + start.from().file().path()
                                + " was never confirmed; 'twinspan config diff' shows what differs"));
                return true;
            });
        }
    }

    DiagnosisControl diagnosis() {
        return new DiagnosisControl(loop, control, mtu, ike::keys);
    }

    OperatorDesk desk() {
        DrillArchive archive = start.state() == null
                ? DrillArchive.inMemory(DrillRendering::of)
                : DrillArchive.open(start.state().resolve("drills"), DrillRendering::of);
        start.teardown().add("history of drills", archive);
        DrillParts parts = new DrillParts(
                archive,
                random::nextLong,
                new ConnectionTracking(),
                Environments.ofDrills(VersionCommand.version()),
                new ServiceSuccession(start.service().handsOver(), start.restart()));
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
        start.teardown().add("metrics", metrics);
        onLoop(() -> {
            control.meter(metrics);
            return journal.follow(metrics::heard);
        });
        MetricsConfig.Otlp receiver = start.config().metrics().otlp();
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
            warnings.forEach(text -> journal.record(GatewayEvent.of(Severity.WARN, "preflight.warning", "", 0, text)));
            journal.record(CryptoEngines.event(engines));
            journal.record(GatewayEvent.of(Severity.INFO, "gateway.started", "", 0, "the gateway runs")
                    .with("version", VersionCommand.version())
                    .with("socket", start.socket()));
            recordFlights();
            desk.startAll();
            return true;
        });
    }

    /** Without a folder to keep them in, nothing is recorded. */
    private void recordFlights() {
        if (start.state() == null) {
            return;
        }
        FlightArchive archive = new FlightArchive(start.state().resolve("flight"));
        start.teardown().add("records of fail-overs", archive);
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
