package io.twinspan.daemon.control;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.daemon.dataplane.PacketTap;
import io.twinspan.daemon.dataplane.PathForecast;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers diagnosis what only the control loop knows. Callable from any thread; futures complete on the control loop. */
public final class DiagnosisControl {
    private final ControlLoop loop;
    private final ControlPlane control;
    private final MtuControl mtu;
    private final Function<TunnelName, List<EspSaKeys>> keys;

    /**
     * For one gateway.
     *
     * @param keys of a tunnel's ESP SAs; asked on the control loop
     */
    public DiagnosisControl(
            ControlLoop loop, ControlPlane control, MtuControl mtu, Function<TunnelName, List<EspSaKeys>> keys) {
        this.loop = loop;
        this.control = control;
        this.mtu = mtu;
        this.keys = keys;
    }

    /** Configuration and sizes of all connections. */
    public CompletableFuture<List<ConnectionFacts>> connections() {
        return ask(() -> control.connections().stream().map(this::facts).toList());
    }

    private ConnectionFacts facts(ConnectionControl connection) {
        TreeMap<Integer, Integer> uplinks = new TreeMap<>();
        String name = connection.config().name();
        connection.tunnels().forEach(tunnel -> uplinks.put(tunnel.name().number(), mtu.uplinkMtu(tunnel.name())));
        return new ConnectionFacts(
                connection.config(), connection.failover().carrying(), mtu.deviceMtu(name), mtu.flowMtu(name), uplinks);
    }

    /** What the data plane of a connection would do with a packet; empty where there is no such connection. */
    public CompletableFuture<Optional<PathForecast>> foretell(String connection, byte[] packet) {
        CompletableFuture<Optional<PathForecast>> answer = new CompletableFuture<>();
        loop.execute(() -> control.connection(connection)
                .ifPresentOrElse(
                        it -> it.dataPlane().foretell(packet, forecast -> answer.complete(Optional.of(forecast))),
                        () -> answer.complete(Optional.empty())));
        return answer;
    }

    /** Sends pings; the follower hears what becomes of them. */
    public CompletableFuture<PingAnswer> ping(PingOrder order, PingFollower follower) {
        return ask(() -> control.connection(order.connection())
                .map(connection -> control.pings().start(connection, order, follower))
                .orElseGet(() -> new PingAnswer.Unknown(control.unknown(order.connection()))));
    }

    /**
     * Has a tunnel's inner packets copied; with null no more.
     *
     * @return why not; empty where it is done
     */
    public CompletableFuture<String> tap(
            String connection, int tunnel, @Nullable PacketTap out, @Nullable PacketTap in) {
        return ask(() -> control.connection(connection)
                .filter(it -> it.tunnel(tunnel).isPresent())
                .map(it -> {
                    it.dataPlane().tap(tunnel, out, in);
                    return "";
                })
                .orElse("no tunnel " + connection + "/" + tunnel));
    }

    /** Copies of the keys of a tunnel's ESP SAs; empty where there is no such tunnel. */
    public CompletableFuture<Optional<List<EspSaKeys>>> keys(String connection, int tunnel) {
        return ask(() ->
                control.connection(connection).flatMap(it -> it.tunnel(tunnel)).map(it -> keys.apply(it.name())));
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException bug) {
                answer.completeExceptionally(bug);
            }
        });
        return answer;
    }
}
