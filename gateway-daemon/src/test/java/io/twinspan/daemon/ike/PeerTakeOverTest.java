package io.twinspan.daemon.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.control.TestControlLoop;
import io.twinspan.daemon.dataplane.TestKeys;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer's host keeps for the next process, and when, and what it makes of what it finds. */
final class PeerTakeOverTest {
    private static final TunnelName NAME = new TunnelName("prod", 1);
    private static final InetAddress HERE = IpPrefix.parseAddress("192.0.2.1");
    private static final InetAddress PEER = IpPrefix.parseAddress("203.0.113.1");
    private static final IkeEffect SEND =
            new IkeEffect.SendDatagram(new Endpoint(HERE, 500), new Endpoint(PEER, 500), new byte[28]);

    private final TestControlLoop loop = new TestControlLoop();
    private final List<String> log = new ArrayList<>();
    private final RecordingDataPlane dataPlane = new RecordingDataPlane(log);
    private final List<IkeReport> reports = new ArrayList<>();
    private final ScriptedDriver driver = new ScriptedDriver();
    private final Memory memory = new Memory();
    private final IkeSaManager manager =
            new IkeSaManager(loop.loop(), new LoggingSender(), new SpiAllocator(), new Listener(), _ -> {});

    @BeforeEach
    void addPeer() {
        manager.add(new IkePeerPlan(NAME, HERE, PEER, dataPlane, () -> driver, memory));
    }

    @Test
    void theStateIsKeptBeforeAnythingIsSent() {
        driver.script = _ -> List.of(SEND);
        manager.deliver(NAME, new IkeEvent.Initiate());
        assertThat(log).containsExactly("keep 1", "send");
        manager.deliver(NAME, new IkeEvent.DeadlineReached());
        assertThat(log).containsExactly("keep 1", "send", "keep 2", "send");
    }

    @Test
    void aStateThatIsTakenUpIsKeptAgainAndToldAndNothingIsSent() {
        memory.kept = Optional.of(new PeerMemory.Recollection(new byte[] {7}, 300));
        loop.advance(1_000);
        driver.resumption = _ -> Optional.of(List.of(new IkeEffect.Report(new IkeReport.Resumed(1, 1, 1000, 2000))));
        assertThat(manager.resume(NAME)).isTrue();
        assertThat(driver.resumedFrom).containsExactly(loop.loop().nowNanos() - 300);
        assertThat(log).containsExactly("keep 0");
        assertThat(reports).containsExactly(new IkeReport.Resumed(1, 1, 1000, 2000));
    }

    @Test
    void nothingKeptIsNothingTakenUp() {
        assertThat(manager.resume(NAME)).isFalse();
        assertThat(log).containsExactly("forget");
        assertThat(reports).isEmpty();
    }

    @Test
    void aStateThatIsRefusedIsForgotten() {
        memory.kept = Optional.of(new PeerMemory.Recollection(new byte[] {7}, 300));
        assertThat(manager.resume(NAME)).isFalse();
        assertThat(log).containsExactly("forget");
    }

    /** RFC 4303 section 3.3.3: an SA whose numbers are not known must not send. */
    @Test
    void anSaWithoutItsNumbersIsNotTakenUp() {
        memory.kept = Optional.of(new PeerMemory.Recollection(new byte[] {7}, 300));
        EspSaParameters parameters = TestKeys.aead(4711);
        driver.resumption = _ -> Optional.of(List.of(new IkeEffect.InstallInbound(
                parameters, new EspPath(true, new Endpoint(HERE, 4500), new Endpoint(PEER, 4500)))));
        assertThat(manager.resume(NAME)).isFalse();
        assertThat(log).containsExactly("forget");
        log.clear();
        memory.numbered.add(4711);
        assertThat(manager.resume(NAME)).isTrue();
        assertThat(log).first().isEqualTo("keep 0");
        assertThat(log).hasSizeGreaterThan(1);
    }

    @Test
    void aBugWhileTakingUpIsTheEndOfTheStateAndNotOfTheProcess() {
        memory.kept = Optional.of(new PeerMemory.Recollection(new byte[] {7}, 300));
        driver.resumption = _ -> {
            throw new IllegalStateException("a bug");
        };
        assertThat(manager.resume(NAME)).isFalse();
        assertThat(log).contains("forget");
    }

    @Test
    void aPeerThatIsTornDownForABugIsForgotten() {
        driver.script = _ -> {
            throw new IllegalStateException("a bug");
        };
        manager.deliver(NAME, new IkeEvent.Initiate());
        assertThat(log).containsExactly("forget");
    }

    private final class Memory implements PeerMemory {
        private Optional<Recollection> kept = Optional.empty();
        private final Set<Integer> numbered = new HashSet<>();

        @Override
        public void keep(Supplier<Collection<Integer>> inboundSpis, Supplier<byte[]> snapshot) {
            log.add("keep " + snapshot.get()[0]);
        }

        @Override
        public Optional<Recollection> recall() {
            return kept;
        }

        @Override
        public boolean knowsNumbersOf(int inboundSpi) {
            return numbered.contains(inboundSpi);
        }

        @Override
        public void forget() {
            log.add("forget");
        }
    }

    private final class Listener implements IkePeerListener {
        @Override
        public void onReport(TunnelName tunnel, IkeReport report) {
            reports.add(report);
        }

        @Override
        public void onBug(TunnelName tunnel, RuntimeException bug, long restartDelayNanos) {}
    }

    private final class LoggingSender implements DatagramSender {
        @Override
        public void send(Endpoint local, Endpoint remote, byte[] message) {
            log.add("send");
        }

        @Override
        public void sendKeepalive(Endpoint local, Endpoint remote) {}
    }
}
