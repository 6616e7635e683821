package io.twinspan.daemon.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.control.TestControlLoop;
import io.twinspan.daemon.dataplane.Impairment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IkeSaManagerTest {
    private static final InetAddress HERE = IpPrefix.parseAddress("192.0.2.1");
    private static final InetAddress HERE_TOO = IpPrefix.parseAddress("192.0.2.2");
    private static final InetAddress PEER = IpPrefix.parseAddress("203.0.113.1");
    private static final InetAddress ANYWHERE = IpPrefix.parseAddress("0.0.0.0");
    private static final InetAddress STRANGER = IpPrefix.parseAddress("198.51.100.9");
    private static final TunnelName FIRST = new TunnelName("prod", 1);
    private static final TunnelName SECOND = new TunnelName("prod", 2);

    private final TestControlLoop loop = new TestControlLoop();
    private final List<String> dataLog = new ArrayList<>();
    private final RecordingDataPlane dataPlane = new RecordingDataPlane(dataLog);
    private final List<String> reports = new ArrayList<>();
    private final List<DatagramDrop> drops = new ArrayList<>();
    private final IkeSaManager manager =
            new IkeSaManager(loop.loop(), new CountingSender(), new SpiAllocator(), new Listener(), drops::add);
    private int sent;
    private ScriptedDriver first = new ScriptedDriver();
    private final ScriptedDriver second = new ScriptedDriver();

    @BeforeEach
    void addPeers() {
        add(FIRST, HERE, PEER, () -> first);
        add(SECOND, HERE_TOO, ANYWHERE, () -> second);
    }

    @Test
    void firstMessageGoesToThePeerConfiguredBetweenTheseAddresses() {
        manager.accept(FIRST);
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        assertThat(first.events).hasSize(1).first().isInstanceOf(IkeEvent.DatagramReceived.class);
        assertThat(second.events).isEmpty();
    }

    @Test
    void responderForAnyAddressTakesAStrangerOnItsOwnAddressOnly() {
        manager.accept(SECOND);
        manager.onDatagram(endpoint(HERE_TOO), endpoint(STRANGER), saInit(0));
        manager.onDatagram(endpoint(HERE), endpoint(STRANGER), saInit(0));
        assertThat(second.events).hasSize(1);
        assertThat(drops)
                .singleElement()
                .satisfies(drop -> assertThat(drop.reason()).isEqualTo(DatagramDrop.Reason.IKE_UNKNOWN_PEER));
    }

    @Test
    void ourSpiFindsThePeerWhateverAddressItMovedTo() {
        first.spis.add(42L);
        manager.onDatagram(endpoint(HERE), new Endpoint(STRANGER, 61_000), message(7, 42, 0x08));
        manager.onDatagram(endpoint(HERE), new Endpoint(STRANGER, 61_000), message(42, 7, 0x20));
        assertThat(first.events).hasSize(2);
    }

    @Test
    void e26_theSameInitiatorSpiFromTwoPeersReachesEachItsOwnMachine() {
        manager.accept(FIRST);
        manager.accept(SECOND);
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        manager.onDatagram(endpoint(HERE_TOO), endpoint(STRANGER), saInit(0));
        assertThat(first.events).hasSize(1);
        assertThat(second.events).hasSize(1);
        first.spis.add(42L);
        second.spis.add(43L);
        manager.onDatagram(endpoint(HERE_TOO), endpoint(STRANGER), message(99, 43, 0x08));
        // Our SPI stands where the initiator flag says; as the initiator's, 43 is none of ours.
        manager.onDatagram(endpoint(HERE), endpoint(PEER), message(43, 99, 0x08));
        assertThat(second.events).hasSize(2);
        assertThat(first.events).hasSize(2);
    }

    @Test
    void tunnelThatIsKeptDownAnswersNobody() {
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        manager.deliver(FIRST, new IkeEvent.Initiate());
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        manager.deliver(FIRST, new IkeEvent.Close("operator"));
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        assertThat(first.events.stream().filter(event -> event instanceof IkeEvent.DatagramReceived))
                .hasSize(1);
        assertThat(drops)
                .hasSize(2)
                .allSatisfy(drop -> assertThat(drop.reason()).isEqualTo(DatagramDrop.Reason.IKE_TUNNEL_DISABLED));
    }

    @Property
    void a7_datagramsShorterThanAHeaderAreCountedAndReachNoMachine(@ForAll byte[] octets) {
        byte[] message = Arrays.copyOf(octets, Math.min(octets.length, IkeHeaderPeek.HEADER_BYTES - 1));
        IkeSaManagerTest fresh = new IkeSaManagerTest();
        fresh.addPeers();
        fresh.manager.accept(FIRST);
        fresh.manager.onDatagram(endpoint(HERE), endpoint(PEER), message);
        assertThat(fresh.first.events).isEmpty();
        assertThat(fresh.drops)
                .singleElement()
                .satisfies(drop -> assertThat(drop.reason()).isEqualTo(DatagramDrop.Reason.IKE_TOO_SHORT));
    }

    @Property
    void p3_anyDatagramFromAStrangerIsCountedExactlyOnce(@ForAll byte[] octets) {
        IkeSaManagerTest fresh = new IkeSaManagerTest();
        fresh.addPeers();
        fresh.manager.accept(FIRST);
        fresh.manager.onDatagram(endpoint(HERE), endpoint(STRANGER), octets);
        assertThat(fresh.drops).hasSize(1);
    }

    @Test
    void deadlineWakesTheMachineOnceAndTrafficIsToldFirst() {
        first.deadline = loop.loop().nowNanos() + 1_000;
        manager.deliver(FIRST, new IkeEvent.Initiate());
        dataPlane.authenticatedAt(5);
        loop.advance(999);
        assertThat(first.events).hasSize(1);
        first.script = event -> {
            first.deadline = Deadline.NEVER;
            return List.of();
        };
        loop.advance(1);
        assertThat(first.events)
                .containsExactly(new IkeEvent.Initiate(), new IkeEvent.TrafficSeen(5), new IkeEvent.DeadlineReached());
        loop.advance(1_000_000);
        assertThat(first.events).hasSize(3);
    }

    @Test
    void movedDeadlineReplacesTheWakeUp() {
        first.deadline = loop.loop().nowNanos() + 1_000;
        manager.deliver(FIRST, new IkeEvent.Initiate());
        first.deadline = loop.loop().nowNanos() + 5_000;
        manager.deliver(FIRST, new IkeEvent.RekeyChildRequested());
        loop.advance(4_999);
        assertThat(first.events).hasSize(2);
    }

    @Test
    void p1_bugOfOnePeerTearsDownThatPeerAloneAndItStartsAnew() {
        ScriptedDriver broken = first;
        broken.script = event -> {
            throw new IllegalStateException("bug");
        };
        first = new ScriptedDriver();
        manager.deliver(FIRST, new IkeEvent.Initiate());
        assertThat(reports).containsExactly("bug prod/1");
        manager.deliver(SECOND, new IkeEvent.Initiate());
        assertThat(second.events).hasSize(1);
        loop.advance(IkePeerHost.RESTART_FIRST_NANOS);
        assertThat(first.events).containsExactly(new IkeEvent.Initiate());
    }

    @Test
    void peerWithABugDoesNotComeBackWhereItWasClosedMeanwhile() {
        first.script = event -> {
            throw new IllegalStateException("bug");
        };
        first = new ScriptedDriver();
        manager.deliver(FIRST, new IkeEvent.Initiate());
        manager.deliver(FIRST, new IkeEvent.Close("operator"));
        loop.advance(IkePeerHost.RESTART_MAX_NANOS);
        assertThat(first.events).isEmpty();
    }

    @Test
    void eventsThatAListenerCausesWaitForTheirTurn() {
        first.script = event -> event instanceof IkeEvent.Initiate
                ? List.of(
                        new IkeEffect.Report(new IkeReport.Connecting(1)),
                        new IkeEffect.Report(new IkeReport.Connecting(2)))
                : List.of();
        manager.deliver(FIRST, new IkeEvent.Initiate());
        assertThat(reports).containsExactly("prod/1 attempt 1", "prod/1 attempt 2");
        assertThat(first.events)
                .containsExactly(
                        new IkeEvent.Initiate(), new IkeEvent.RekeyIkeRequested(), new IkeEvent.RekeyIkeRequested());
    }

    @Test
    void anImpairedPeerHearsAndSaysNothingUntilTheDrillEndsAndItsNeighbourNotices() {
        manager.accept(FIRST);
        manager.accept(SECOND);
        manager.impair(FIRST, new Impairment(1, 1, 0, 0, 7));
        first.script = event -> List.of(new IkeEffect.SendDatagram(endpoint(HERE), endpoint(PEER), new byte[100]));
        manager.deliver(FIRST, new IkeEvent.Initiate());
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        manager.onDatagram(endpoint(HERE_TOO), endpoint(STRANGER), saInit(0));
        assertThat(first.events).containsExactly(new IkeEvent.Initiate());
        assertThat(second.events).hasSize(1);
        assertThat(sent).isZero();
        assertThat(drops)
                .extracting(DatagramDrop::reason)
                .containsExactly(DatagramDrop.Reason.DRILL_OUT, DatagramDrop.Reason.DRILL_IN);
        manager.impair(FIRST, Impairment.NONE);
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        assertThat(first.events).hasSize(2);
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void delayedDatagramsArriveInOrderAndAllAtOnceWhenTheDrillEnds() {
        manager.accept(FIRST);
        manager.impair(FIRST, new Impairment(0, 0, 1_000, 0, 7));
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        loop.advance(500);
        manager.onDatagram(endpoint(HERE), endpoint(PEER), saInit(0));
        loop.advance(499);
        assertThat(first.events).isEmpty();
        loop.advance(1);
        assertThat(first.events).hasSize(1);
        manager.impair(FIRST, Impairment.NONE);
        assertThat(first.events).hasSize(2);
        loop.advance(10_000);
        assertThat(first.events).hasSize(2);
    }

    @Test
    void aNarrowPathCountsTheMarkerThatStandsBeforeIkeOnPort4500() {
        manager.accept(FIRST);
        int fits = 1_000 - 28;
        manager.impair(FIRST, new Impairment(0, 0, 0, 1_000, 7));
        first.script = event -> List.of(
                new IkeEffect.SendDatagram(endpoint(HERE), endpoint(PEER), new byte[fits]),
                new IkeEffect.SendDatagram(new Endpoint(HERE, 4500), new Endpoint(PEER, 4500), new byte[fits - 4]),
                new IkeEffect.SendDatagram(new Endpoint(HERE, 4500), new Endpoint(PEER, 4500), new byte[fits - 3]));
        manager.deliver(FIRST, new IkeEvent.Initiate());
        assertThat(sent).isEqualTo(2);
        assertThat(drops).singleElement().extracting(DatagramDrop::bytes).isEqualTo(fits - 3);
    }

    private void add(TunnelName name, InetAddress local, InetAddress remote, Supplier<IkePeerDriver> driver) {
        manager.add(new IkePeerPlan(name, local, remote, dataPlane, driver));
    }

    private static Endpoint endpoint(InetAddress address) {
        return new Endpoint(address, 500);
    }

    private static byte[] saInit(long responderSpi) {
        return message(99, responderSpi, 0x08);
    }

    private static byte[] message(long initiatorSpi, long responderSpi, int flags) {
        return ByteBuffer.allocate(IkeHeaderPeek.HEADER_BYTES)
                .putLong(initiatorSpi)
                .putLong(responderSpi)
                .put(new byte[] {33, 0x20, 34, (byte) flags})
                .putInt(0)
                .putInt(IkeHeaderPeek.HEADER_BYTES)
                .array();
    }

    private final class Listener implements IkePeerListener {
        @Override
        public void onReport(TunnelName tunnel, IkeReport report) {
            if (report instanceof IkeReport.Connecting(int attempt)) {
                reports.add(tunnel + " attempt " + attempt);
                manager.deliver(tunnel, new IkeEvent.RekeyIkeRequested());
            }
        }

        @Override
        public void onBug(TunnelName tunnel, RuntimeException bug, long restartDelayNanos) {
            reports.add(bug.getMessage() + " " + tunnel);
        }
    }

    private final class CountingSender implements DatagramSender {
        @Override
        public void send(Endpoint local, Endpoint remote, byte[] message) {
            sent++;
        }

        @Override
        public void sendKeepalive(Endpoint local, Endpoint remote) {}
    }
}
