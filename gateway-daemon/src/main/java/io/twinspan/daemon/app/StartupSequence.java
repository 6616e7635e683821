package io.twinspan.daemon.app;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.crypto.engine.EngineChoice;
import io.twinspan.crypto.primitive.PrimitiveSelfTest;
import io.twinspan.daemon.control.OperatorDesk;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.ConfigRoutes;
import io.twinspan.daemon.http.DiagnosisRoutes;
import io.twinspan.daemon.http.GatewayRoutes;
import io.twinspan.daemon.http.RouteGroup;
import io.twinspan.daemon.http.RunningConfigRoutes;
import io.twinspan.daemon.io.KeptNames;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.metrics.GatewayMetrics;
import io.twinspan.daemon.metrics.MetricsRoutes;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.routing.RouteConflictException;
import io.twinspan.daemon.routing.RouteInstaller;
import io.twinspan.daemon.routing.RoutePlan;
import io.twinspan.daemon.service.Service;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.SyscallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a gateway up. Everything that can be refused is tried before the host's routes are touched; then the protected
 * prefixes are blackholed before any device exists, so that at no moment their traffic can leave in the clear. Keeper
 * thread.
 */
final class StartupSequence {
    private static final Logger LOG = LoggerFactory.getLogger(StartupSequence.class);

    private final GatewayWiring.Start parameters;
    private final GatewayConfig config;
    private final Path socket;
    private final Service service;
    private final Teardown teardown = new Teardown();

    /**
     * @param state where reports of drills go; null to keep them in memory
     * @param restart ends this process as SIGTERM does
     */
    StartupSequence(
            StartingPoint from, Path socket, @Nullable Path state, Service service, Runnable restart, Executor keeper) {
        this.parameters = new GatewayWiring.Start(from, socket, state, service, restart, keeper, teardown);
        this.config = from.config();
        this.socket = socket;
        this.service = service;
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
        GatewayWiring wiring = new GatewayWiring(parameters, loop, crypto);
        ConnectionAssembly assembly = wiring.assembly();
        wiring.io().hold();
        drafts.forEach(assembly::openOutside);
        wiring.io().watchHost(wiring.hostNews());
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
                config,
                desk,
                wiring.diagnosis(),
                listener,
                parameters.from().file().path(),
                parameters.state());
        teardown.add("diagnosis", diagnosis);
        routeGroups.add(new DiagnosisRoutes(diagnosis));
        ConfigApplier applier =
                new ConfigApplier(wiring.parts(), assembly, drafting, installer, new RunningConfig(config, drafts));
        ReloadDesk reload = wiring.reload(applier, desk);
        routeGroups.add(new ConfigRoutes(reload));
        routeGroups.add(new RunningConfigRoutes(reload::running));
        Consumer<GatewayEvent> journal =
                event -> loop.execute(() -> wiring.journal().record(event));
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
        return new Gateway(loop, wiring.journal(), desk, reload, applier::abandon, server, teardown, service);
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
}
