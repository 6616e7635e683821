package io.twinspan.daemon.app;

import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.daemon.control.ConnectionChanges;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.routing.RouteConflictException;
import io.twinspan.daemon.routing.RouteInstaller;
import io.twinspan.daemon.routing.RoutePlan;
import io.twinspan.daemon.sys.SyscallException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Leads a running gateway from its configuration to another one, touching nothing that does not differ. A script: one step
 * after the other, each waiting for what it has begun. Keeper thread; what the control loop owns is asked of the loop.
 *
 * <p>What can be refused is tried first. Then networks are fenced off before any of their traffic could find a way
 * (RFC 4301 section 5.1), what runs on is changed in place, and tunnels go down one at a time: one that carries traffic only
 * after another one has it.
 */
final class ConfigApplier {
    /** How long a peer may take to answer our DELETEs. */
    static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final Duration MOVE = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 20;
    private static final String REASON = "its configuration changes";

    private final ConnectionAssembly.Parts parts;
    private final ConnectionAssembly assembly;
    private final ConnectionDrafts drafting;
    private final ConnectionChanges changes;
    private final RouteInstaller routes;
    private final RunningConfig running;
    private volatile GatewayConfig published;
    private volatile boolean abandoned;

    ConfigApplier(
            ConnectionAssembly.Parts parts,
            ConnectionAssembly assembly,
            ConnectionDrafts drafting,
            RouteInstaller routes,
            RunningConfig running) {
        this.parts = parts;
        this.assembly = assembly;
        this.drafting = drafting;
        this.changes = new ConnectionChanges(parts.control(), parts.ike(), parts.mtu());
        this.routes = routes;
        this.running = running;
        this.published = running.config();
    }

    /** What runs; while a change is made, what ran before. From any thread. */
    GatewayConfig running() {
        return published;
    }

    /** Ends a script that waits, since the gateway is to stop; from any thread. */
    void abandon() {
        abandoned = true;
    }

    /**
     * Goes to a configuration.
     *
     * @param patience how long what was up and is interrupted may take to come back
     * @param insist true fails where something does not come back; false goes on without it
     * @throws ReloadFailure where it cannot be done; what was done until then is done
     */
    void goTo(GatewayConfig target, Duration patience, boolean insist) {
        try {
            go(target, patience, insist);
        } catch (StartupException | RouteConflictException | SyscallException e) {
            throw new ReloadFailure(String.valueOf(e.getMessage()));
        } finally {
            published = running.config();
        }
    }

    private void go(GatewayConfig target, Duration patience, boolean insist) {
        ConfigDelta delta = ConfigDelta.between(running.config(), target);
        Set<String> added = delta.connections(ConfigChange.Kind.ADDED);
        Set<String> removed = delta.connections(ConfigChange.Kind.REMOVED);
        Set<String> rebuilt = delta.rebuiltConnections();
        List<ConnectionDraft> drafts = drafting.of(target.connections().stream()
                .filter(connection -> !delta.of(connection.name()).isEmpty())
                .toList());
        fence(drafts);
        pace(target.dataPlane().pacing());
        Return returns = new Return(patience, insist);
        List<ConnectionDraft> changed = drafts.stream()
                .filter(draft -> !added.contains(draft.config().name()))
                .filter(draft -> !rebuilt.contains(draft.config().name()))
                .toList();
        changed.forEach(draft -> reviseInPlace(draft, delta));
        removed.forEach(name -> takeApart(name, List.of()));
        for (ConnectionDraft draft : drafts) {
            String name = draft.config().name();
            if (rebuilt.contains(name)) {
                Set<Integer> up = onLoop(() -> changes.up(name));
                takeApart(name, List.of(draft));
                build(draft);
                if (!up.isEmpty()) {
                    returns.await("connection " + name, () -> !changes.up(name).isEmpty());
                }
            } else if (added.contains(name)) {
                build(draft);
            }
        }
        changed.forEach(draft ->
                renegotiate(draft, delta.renegotiatingTunnels(draft.config().name()), returns));
        closeUnused();
    }

    /** Fences off what is new and opens what it is sent from; undone where any of it is refused. */
    private void fence(List<ConnectionDraft> drafts) {
        try {
            drafts.forEach(draft -> routes.protect(draft.routes()));
            drafts.forEach(assembly::openOutside);
        } catch (RouteConflictException | SyscallException e) {
            List<RoutePlan> kept =
                    running.drafts().stream().map(ConnectionDraft::routes).toList();
            drafts.forEach(draft -> routes.withdraw(draft.routes(), kept));
            closeUnused();
            throw e;
        }
    }

    private void pace(Pacing pacing) {
        if (pacing.equals(running.config().dataPlane().pacing())) {
            return;
        }
        running.drafts().forEach(draft -> pace(draft.config().name(), pacing));
        running.pacing(pacing);
    }

    private void pace(String connection, Pacing pacing) {
        onLoop(() -> {
            assembly.dataPlane(connection).pace(pacing.bitsPerSecond(), pacing.packetsPerSecond());
            return true;
        });
    }

    /** Everything of a connection that interrupts nothing; tunnels that are to renegotiate stay as they are for now. */
    private void reviseInPlace(ConnectionDraft draft, ConfigDelta delta) {
        String name = draft.config().name();
        ConnectionDraft before = running.draft(name);
        ConnectionConfig now = RunningConfig.keeping(draft.config(), before.config(), delta.renegotiatingTunnels(name));
        ConnectionDraft present =
                before.revised(now, draft.routes(), policiesOf(draft, delta.renegotiatingTunnels(name)));
        routes.extend(draft.routes());
        onLoop(() -> {
            assembly.dataPlane(name).reconfigure(Plans.connection(now));
            changes.revise(now, assembly.device(present));
            parts.host().reroute(draft.routes().withMtu(parts.mtu().deviceMtu(name)));
            now.tunnels().stream()
                    .filter(tunnel -> !before.config().tunnels().contains(tunnel))
                    .forEach(tunnel -> assembly.revisePeer(present, tunnel));
            return true;
        });
        routes.withdraw(before.routes(), List.of(draft.routes()));
        running.put(present);
    }

    private static Map<Integer, IkePolicy> policiesOf(ConnectionDraft draft, Collection<Integer> without) {
        return draft.policies().entrySet().stream()
                .filter(policy -> !without.contains(policy.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void takeApart(String name, List<ConnectionDraft> successors) {
        ConnectionDraft gone = running.draft(name);
        List<TunnelName> tunnels = names(gone.config());
        onLoop(() -> {
            tunnels.forEach(tunnel -> changes.takeDown(tunnel, REASON));
            return true;
        });
        await(FAREWELL, () -> tunnels.stream().allMatch(changes::isQuiet));
        onLoop(() -> {
            changes.remove(name);
            return true;
        });
        assembly.close(name);
        routes.deviceGone(gone.routes());
        running.remove(name);
        List<RoutePlan> kept = new ArrayList<>();
        running.drafts().forEach(draft -> kept.add(draft.routes()));
        successors.forEach(draft -> kept.add(draft.routes()));
        routes.withdraw(gone.routes(), kept);
    }

    private void build(ConnectionDraft draft) {
        String name = draft.config().name();
        try {
            assembly.open(draft);
            routes.bringUp(draft.routes());
        } catch (SyscallException | IllegalStateException e) {
            onLoop(() -> {
                changes.remove(name);
                return true;
            });
            assembly.close(name);
            routes.deviceGone(draft.routes());
            throw new ReloadFailure("connection " + name + " could not be built: " + e.getMessage());
        }
        running.put(draft);
        pace(name, running.config().dataPlane().pacing());
        onLoop(() -> {
            names(draft.config()).forEach(changes::start);
            return true;
        });
    }

    /** One tunnel after the other: those that carry nothing first, so that they can take over from the rest. */
    private void renegotiate(ConnectionDraft draft, Set<Integer> tunnels, Return returns) {
        String connection = draft.config().name();
        List<Integer> carrying = onLoop(() -> changes.carrying(connection));
        List<Integer> order = tunnels.stream()
                .sorted(Comparator.comparing((Integer number) -> carrying.contains(number))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (int number : order) {
            renegotiate(draft, new TunnelName(connection, number), returns);
        }
    }

    private void renegotiate(ConnectionDraft draft, TunnelName name, Return returns) {
        boolean wasUp = onLoop(() -> changes.up(name.connection()).contains(name.number()));
        boolean moved = moveAway(name);
        try {
            renew(draft, name);
            if (wasUp && draft.tunnel(name.number()).enabled()) {
                returns.await(
                        "tunnel " + name, () -> changes.up(name.connection()).contains(name.number()), name);
            }
        } finally {
            if (moved) {
                onLoop(() -> {
                    changes.moveBack(name.connection());
                    return true;
                });
            }
        }
    }

    /** Another peer under the same name, once the one before has said farewell. */
    private void renew(ConnectionDraft draft, TunnelName name) {
        onLoop(() -> {
            changes.takeDown(name, REASON);
            return true;
        });
        await(FAREWELL, () -> changes.isQuiet(name));
        ConnectionDraft before = running.draft(name.connection());
        Set<Integer> others = new TreeSet<>(before.policies().keySet());
        others.remove(name.number());
        ConnectionConfig config = RunningConfig.keeping(draft.config(), before.config(), others);
        ConnectionDraft present = before.withTunnel(config, draft, name.number());
        TunnelConfig tunnel = draft.tunnel(name.number());
        onLoop(() -> {
            changes.revise(config, assembly.device(present));
            assembly.replacePeer(draft, tunnel);
            changes.renewed(name, draft.outside(name.number()));
            changes.start(name);
            return true;
        });
        running.put(present);
    }

    /** Make before break: traffic leaves the tunnel first, where another one can take it; false where there is none. */
    private boolean moveAway(TunnelName name) {
        CompletableFuture<Boolean> moved = new CompletableFuture<>();
        boolean moving = onLoop(() -> {
            int spare = changes.spare(name);
            if (!changes.carrying(name.connection()).contains(name.number()) || spare == FailoverState.NO_TUNNEL) {
                return false;
            }
            changes.moveTo(new TunnelName(name.connection(), spare), () -> moved.complete(true));
            return true;
        });
        if (moving) {
            await(MOVE, moved::isDone);
        }
        return moving;
    }

    /** Sockets from which nothing is sent any more. */
    private void closeUnused() {
        Set<InetAddress> used = new HashSet<>();
        running.drafts().forEach(draft -> used.addAll(draft.outside().values()));
        parts.io().outsideAddresses().stream()
                .filter(address -> !used.contains(address))
                .forEach(parts.io()::closeOutside);
    }

    private static List<TunnelName> names(ConnectionConfig connection) {
        return connection.tunnels().stream()
                .map(tunnel -> new TunnelName(connection.name(), tunnel.number()))
                .toList();
    }

    /** Asks the control loop again and again; false where the time was over first. */
    private boolean await(Duration patience, BooleanSupplier condition) {
        long end = parts.loop().nowNanos() + patience.toNanos();
        while (!onLoop(condition::getAsBoolean)) {
            if (abandoned) {
                throw new ReloadFailure("the gateway shuts down");
            }
            if (parts.loop().nowNanos() - end >= 0) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReloadFailure("interrupted");
            }
        }
        return true;
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, parts.loop()).join();
    }

    /** What was up must come back. */
    private final class Return {
        private final Duration patience;
        private final boolean insist;

        Return(Duration patience, boolean insist) {
            this.patience = patience;
            this.insist = insist;
        }

        void await(String what, BooleanSupplier isBack) {
            if (!ConfigApplier.this.await(patience, isBack) && insist) {
                throw new ReloadFailure(what + " did not come back within " + patience.toSeconds() + " s");
            }
        }

        void await(String what, BooleanSupplier isBack, TunnelName name) {
            if (!ConfigApplier.this.await(patience, isBack) && insist) {
                throw new ReloadFailure(what + " did not come back within " + patience.toSeconds() + " s: "
                        + onLoop(() -> changes.reason(name)));
            }
        }
    }
}
