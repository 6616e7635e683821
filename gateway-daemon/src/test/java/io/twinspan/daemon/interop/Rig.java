package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.ConfigApi;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.MtuAnswer;
import io.twinspan.daemon.control.MtuMeasurement;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.control.TunnelTarget;
import io.twinspan.daemon.lab.EchoServer;
import io.twinspan.daemon.lab.LabFlow;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.PlaintextTap;
import io.twinspan.daemon.lab.StrongSwanPeer;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The gateway, two strongSwan daemons as AWS's endpoints, a host on each side, and a capture of the outside; for one test.
 *
 * <p>When the test's body has ended, and in whatever way, everything is stopped; then the capture must hold no plaintext of
 * protected networks and nothing malformed.
 */
final class Rig {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int PROBE_MILLIS = 5;
    private static final int PROBE_BYTES = 200;
    private static final int LOG_TAIL_LINES = 60;

    private final Scenario scenario;
    private final Path folder;
    private final LabTopology topology;
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final StrongSwanPeer[] peers = new StrongSwanPeer[2];
    private final PlaintextTap tap;
    private Optional<GatewayDaemon> gateway = Optional.empty();

    private Rig(Scenario scenario) {
        this.scenario = scenario;
        this.folder = temporaryFolder();
        this.topology = new LabTopology(scenario.nat(), true);
        toClose.add(EchoServer.start(topology.hostA()));
        toClose.add(EchoServer.start(topology.vpc()));
        this.tap = PlaintextTap.start(
                topology.internet(),
                topology.tapDevice(),
                List.of(IpPrefix.parse(LabTopology.ON_PREM_PREFIX), IpPrefix.parse(LabTopology.VPC_PREFIX)),
                capture());
    }

    /** What a test does. */
    @FunctionalInterface
    interface Body {
        void run(Rig rig) throws Exception;
    }

    /** Builds a rig with both sides started, runs the body, takes all down, and judges the capture. */
    static void run(Scenario scenario, Body body) throws Exception {
        runBare(scenario, rig -> {
            rig.startPeer(1);
            rig.startPeer(2);
            rig.startGateway();
            if (!scenario.gatewayStarts()) {
                rig.peer(1).initiate();
                rig.peer(2).initiate();
            }
            body.run(rig);
        });
    }

    /** The same with nothing started but the network. */
    static void runBare(Scenario scenario, Body body) throws Exception {
        InteropRequirement.require();
        Rig rig = new Rig(scenario);
        try {
            body.run(rig);
            rig.stop();
            rig.judgeCapture();
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new Diagnosis(rig.diagnosis()));
            throw e;
        } finally {
            rig.stop();
            delete(rig.folder);
        }
    }

    Path folder() {
        return folder;
    }

    Path capture() {
        return folder.resolve("outside.pcap");
    }

    Path socket() {
        return folder.resolve("gateway.sock");
    }

    LabTopology topology() {
        return topology;
    }

    PlaintextTap tap() {
        return tap;
    }

    /** Writes the gateway's configuration and returns the file. */
    Path configuration() {
        return GatewayFiles.write(scenario, folder);
    }

    void startGateway() {
        startGateway(configuration());
    }

    /** Starts the gateway from a file that stands already, with what an earlier one left in its state folder. */
    void startGateway(Path file) {
        Path state = folder.resolve("state");
        gateway = Optional.of(topology.gateway().call(() -> GatewayDaemon.start(file, socket(), state)));
    }

    /** What changes the running gateway's configuration. */
    ConfigApi config() {
        return daemon().config();
    }

    /** Ends the gateway cleanly. */
    void stopGateway() {
        gateway.ifPresent(GatewayDaemon::close);
        gateway = Optional.empty();
    }

    /** Starts, or after a kill starts again, strongSwan at one endpoint. */
    void startPeer(int tunnel) {
        Suite suite = scenario.peerSuites().get(tunnel - 1);
        StrongSwanPeer.Settings settings = new StrongSwanPeer.Settings(
                LabTopology.ENDPOINTS.get(tunnel - 1),
                scenario.nat() ? "%any" : LabTopology.GATEWAY_PUBLIC,
                LabTopology.GATEWAY_PUBLIC,
                Scenario.KEYS.get(tunnel - 1),
                suite.strongSwanIke(),
                suite.strongSwanEsp(),
                false,
                scenario.peerDpdSeconds(),
                scenario.peer().connection(),
                scenario.peer().child());
        StrongSwanPeer peer = StrongSwanPeer.start(
                topology.endpoint(tunnel),
                folder.resolve("strongswan-" + tunnel),
                settings,
                scenario.peer().daemon());
        peers[tunnel - 1] = peer;
        toClose.add(peer);
        topology.routeIntoTunnel(
                tunnel, StrongSwanPeer.DEVICE, GatewayFiles.insideOfAws(tunnel), GatewayFiles.insideOfGateway(tunnel));
    }

    StrongSwanPeer peer(int tunnel) {
        return peers[tunnel - 1];
    }

    ConnectionStatus status() {
        return ask(daemon().api().status()).connections().getFirst();
    }

    TunnelStatus tunnel(int number) {
        return status().tunnels().get(number - 1);
    }

    /** Everything that the gateway's journal holds, oldest first. */
    List<GatewayEvent> events() {
        return ask(daemon().api().eventsSince(0)).stream()
                .map(JournalEntry::event)
                .toList();
    }

    /** How often an event of a type was journalled for a tunnel. */
    long count(String type, int tunnel) {
        return events().stream()
                .filter(event -> event.type().equals(type) && event.tunnel() == tunnel)
                .count();
    }

    /** What the gateway measures of a tunnel's outside path now. */
    MtuMeasurement measure(int tunnel) {
        MtuAnswer answer = ask(daemon().api().measureMtu(target(tunnel)));
        assertThat(answer).isInstanceOf(MtuAnswer.Measured.class);
        return ((MtuAnswer.Measured) answer).tunnels().getFirst();
    }

    /** Waits until the gateway says that both tunnels are ready. */
    void awaitRedundant() {
        await("both tunnels up", ConnectionStatus::redundant);
    }

    void await(String what, Predicate<ConnectionStatus> wanted) {
        awaitTrue(what, () -> wanted.test(status()));
    }

    void awaitTrue(String what, BooleanSupplier wanted) {
        try {
            Awaitility.await(what)
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(wanted::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what, e);
        }
    }

    /** Orders a rekey and waits until it is done. */
    void rekey(int tunnel, RekeyKind kind) {
        String type = kind == RekeyKind.IKE ? "ike.rekeyed" : "child.rekeyed";
        long before = count(type, tunnel);
        order(api -> api.rekey(target(tunnel), kind));
        awaitTrue(type + " of tunnel " + tunnel, () -> count(type, tunnel) > before);
        awaitSettled(tunnel);
    }

    /** Has strongSwan rekey and waits until the gateway has seen it. */
    void rekeyByPeer(int tunnel, RekeyKind kind) {
        String type = kind == RekeyKind.IKE ? "ike.rekeyed" : "child.rekeyed";
        long before = count(type, tunnel);
        orderPeer(tunnel, kind);
        awaitTrue(type + " of tunnel " + tunnel + " by strongSwan", () -> count(type, tunnel) > before);
        awaitSettled(tunnel);
    }

    /**
     * Has both sides rekey at once and waits until all is settled. One side's IKE messages are held up, so that it hears of
     * the other's request while its own has no answer.
     *
     * @param holdUs true holds up what we send, false what strongSwan sends
     */
    void rekeyByBoth(int tunnel, RekeyKind kind, boolean holdUs) {
        String type = kind == RekeyKind.IKE ? "ike.rekeyed" : "child.rekeyed";
        long before = count(type, tunnel);
        long resentByUs = retransmissions(tunnel);
        int resentByPeer = linesOfPeer(tunnel, "retransmit 1 of request");
        int sentByPeer = linesOfPeer(tunnel, "generating CREATE_CHILD_SA request");
        // Only IKE, which has four zero octets behind the UDP header, is held up; the traffic goes on.
        topology.internet()
                .run(
                        "nft",
                        "add table ip lab; add chain ip lab ike { type filter hook forward priority 0; };"
                                + " add rule ip lab ike " + (holdUs ? "iifname " : "oifname ") + topology.tapDevice()
                                + " udp dport 4500 @th,64,32 0 drop");
        if (holdUs) {
            order(api -> api.rekey(target(tunnel), kind));
        }
        orderPeer(tunnel, kind);
        awaitTrue("strongSwan has asked", () -> linesOfPeer(tunnel, "generating CREATE_CHILD_SA request") > sentByPeer);
        if (!holdUs) {
            order(api -> api.rekey(target(tunnel), kind));
        }
        awaitTrue(
                "both sides wait for an answer",
                () -> linesOfPeer(tunnel, "retransmit 1 of request") > resentByPeer
                        && retransmissions(tunnel) > resentByUs);
        topology.internet().run("nft", "delete table ip lab");
        awaitTrue(type + " of tunnel " + tunnel, () -> count(type, tunnel) > before);
        awaitSettled(tunnel);
    }

    private int linesOfPeer(int tunnel, String words) {
        return (int)
                peer(tunnel).log().lines().filter(line -> line.contains(words)).count();
    }

    private long retransmissions(int tunnel) {
        return tunnel(tunnel).counts().getOrDefault("retransmissions", 0L);
    }

    private void orderPeer(int tunnel, RekeyKind kind) {
        if (kind == RekeyKind.IKE) {
            peer(tunnel).rekeyIke();
        } else {
            peer(tunnel).rekeyChild();
        }
    }

    /** Waits until a rekey's old SAs are gone. */
    private void awaitSettled(int tunnel) {
        awaitTrue(
                "one IKE SA and one child SA on tunnel " + tunnel,
                () -> tunnel(tunnel).ikeSas().size() == 1
                        && tunnel(tunnel).childSas().size() == 1);
    }

    /** Moves the traffic of both sides to a tunnel. */
    void switchTo(int tunnel) {
        order(api -> api.switchTo(target(tunnel)));
        topology.routeVpcThrough(tunnel);
    }

    /** A flow of probes from the on-prem host to the VPC host. */
    LabFlow flowToVpc() {
        return track(LabFlow.start(
                topology.hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, PROBE_MILLIS, PROBE_BYTES));
    }

    /** A flow of probes from the VPC host to the on-prem host. */
    LabFlow flowToOnPrem() {
        return track(LabFlow.start(
                topology.vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST, PROBE_MILLIS, PROBE_BYTES));
    }

    /** Probes of this size pass both ways, none is lost. */
    void assertTrafficPasses(int payloadBytes) {
        for (boolean toVpc : new boolean[] {true, false}) {
            LabFlow flow = track(LabFlow.start(
                    toVpc ? topology.hostA() : topology.vpc(),
                    toVpc ? LabTopology.ON_PREM_HOST : LabTopology.VPC_HOST,
                    toVpc ? LabTopology.VPC_HOST : LabTopology.ON_PREM_HOST,
                    PROBE_MILLIS,
                    payloadBytes));
            flow.awaitEchoes(20, LIMIT.toSeconds());
            LabFlow.Result result = flow.stop();
            assertThat(result.lost())
                    .describedAs("lost of %d probes: %s", result.sent(), flow.describeLosses())
                    .isZero();
        }
    }

    /** Remembers what must end with the rig. */
    <T extends AutoCloseable> T track(T closeable) {
        toClose.add(closeable);
        return closeable;
    }

    /** Gives an operator's order, which must be carried out. */
    void order(Function<GatewayApi, CompletableFuture<CommandOutcome>> order) {
        succeed(order.apply(daemon().api()));
    }

    private TunnelTarget target(int tunnel) {
        return new TunnelTarget(GatewayFiles.CONNECTION, tunnel);
    }

    private GatewayDaemon daemon() {
        return gateway.orElseThrow(() -> new IllegalStateException("the gateway does not run"));
    }

    private static void succeed(CompletableFuture<CommandOutcome> order) {
        assertThat(ask(order)).isInstanceOf(CommandOutcome.Done.class);
    }

    private static <T> T ask(CompletableFuture<T> question) {
        return question.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void stop() throws Exception {
        stopGateway();
        while (!toClose.isEmpty()) {
            toClose.removeLast().close();
        }
        tap.close();
        topology.close();
    }

    private void judgeCapture() {
        assertThat(tap.frames()).describedAs("packets on the outside").isPositive();
        assertThat(tap.plaintextFrames())
                .describedAs("packets on the outside with plaintext of protected networks")
                .isZero();
        CaptureJudge.assertWellFormed(capture());
    }

    private String diagnosis() {
        StringBuilder text = new StringBuilder(4_096);
        gateway.ifPresent(_ -> {
            for (TunnelStatus tunnel : status().tunnels()) {
                text.append("tunnel ").append(tunnel.number()).append(": ").append(tunnel.state());
                text.append(" (").append(tunnel.stateReason()).append(") ").append(tunnel.traffic());
                text.append(" drops ")
                        .append(tunnel.drops())
                        .append(" misbehaviour ")
                        .append(tunnel.misbehaviour());
                text.append(" counts ").append(tunnel.counts()).append('\n');
            }
            text.append("gateway drops ")
                    .append(ask(daemon().api().status()).drops())
                    .append('\n');
            ask(daemon().api().eventsSince(0))
                    .forEach(entry -> text.append(entry.time())
                            .append(' ')
                            .append(entry.event())
                            .append('\n'));
        });
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            Path log = folder.resolve("strongswan-" + tunnel).resolve("charon.log");
            if (Files.exists(log)) {
                text.append("strongSwan ").append(tunnel).append(":\n").append(tail(log));
            }
        }
        return text.toString();
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            Stream<String> drops = lines.stream().filter(line -> line.contains("[ESP]"));
            Stream<String> end = lines.stream().skip(Math.max(0, lines.size() - LOG_TAIL_LINES));
            return Stream.concat(drops, end).collect(Collectors.joining("\n")) + "\n";
        } catch (IOException e) {
            return e + "\n";
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("twinspan-interop-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Carries what both sides said into a failing test's report. */
    private static final class Diagnosis extends RuntimeException {
        private static final long serialVersionUID = 1;

        Diagnosis(String text) {
            super(text, null, false, false);
        }
    }
}
