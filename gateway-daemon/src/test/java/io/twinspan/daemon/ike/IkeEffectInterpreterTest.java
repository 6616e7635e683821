package io.twinspan.daemon.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded lists of effects, and what became of them in which order. */
final class IkeEffectInterpreterTest {
    private static final Endpoint HERE = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 500);
    private static final Endpoint THERE = new Endpoint(IpPrefix.parseAddress("203.0.113.1"), 500);
    private static final EspPath PATH = new EspPath(false, HERE, THERE);

    private final List<String> log = new ArrayList<>();
    private final RecordingDataPlane dataPlane = new RecordingDataPlane(log);
    private final SpiAllocator spis = new SpiAllocator();
    private final IkeEffectInterpreter interpreter = new IkeEffectInterpreter(
            1,
            dataPlane,
            new LoggingSender(),
            spis,
            report -> log.add(report.getClass().getSimpleName()));

    @Test
    void responderAnswersOnlyAfterItsInboundSaOpensPackets() {
        interpreter.run(List.of(inbound(1000), outbound(1000), new IkeEffect.SwitchOutbound(1000), send(1)));
        assertThat(log).containsExactly("inbound 1000");
        dataPlane.acknowledge();
        assertThat(log).containsExactly("inbound 1000", "outbound 1000", "switch 1000", "send 1");
    }

    @Test
    void laterStepsQueueBehindAnInstallation() {
        interpreter.run(List.of(inbound(1000), send(1)));
        interpreter.run(List.of(send(2), new IkeEffect.Report(new IkeReport.Connecting(1))));
        assertThat(log).containsExactly("inbound 1000");
        dataPlane.acknowledge();
        assertThat(log).containsExactly("inbound 1000", "send 1", "send 2", "Connecting");
    }

    @Test
    void everyInstallationIsWaitedForInItsTurn() {
        interpreter.run(List.of(inbound(1000), inbound(2000), send(1)));
        dataPlane.acknowledge();
        assertThat(log).containsExactly("inbound 1000", "inbound 2000");
        dataPlane.acknowledge();
        assertThat(log).containsExactly("inbound 1000", "inbound 2000", "send 1");
    }

    @Test
    void thePeerHearsOfADeletedChildOnlyAfterTheLastPacketOnIt() {
        interpreter.run(List.of(inbound(1000), outbound(1000)));
        dataPlane.acknowledge();
        log.clear();
        interpreter.run(List.of(new IkeEffect.ReleaseOutbound(1000), send(1)));
        assertThat(log).containsExactly("release 1000");
        assertThat(spis.isFree(1000)).isFalse();
        dataPlane.acknowledge();
        assertThat(log).containsExactly("release 1000", "send 1");
    }

    @Test
    void spisAreTakenWhileTheirChildLives() {
        interpreter.run(List.of(inbound(1000)));
        assertThat(spis.isFree(1000)).isFalse();
        dataPlane.acknowledge();
        interpreter.run(List.of(new IkeEffect.RemoveChild(1000)));
        assertThat(spis.isFree(1000)).isTrue();
    }

    @Test
    void abandoningRemovesEveryChildAndIgnoresLateAcknowledgements() {
        interpreter.run(List.of(inbound(1000), inbound(2000), send(1)));
        dataPlane.acknowledge();
        interpreter.abandon();
        dataPlane.acknowledge();
        assertThat(log).containsExactly("inbound 1000", "inbound 2000", "remove 1000", "remove 2000");
        assertThat(spis.isFree(1000)).isTrue();
    }

    @Test
    void silentDataLoopIsABugAfterABoundedNumberOfEffects() {
        interpreter.run(List.of(inbound(1000)));
        List<IkeEffect> flood = Collections.nCopies(IkeEffectInterpreter.MAX_QUEUED_EFFECTS, send(1));
        interpreter.run(flood);
        assertThatThrownBy(() -> interpreter.run(List.of(send(2)))).isInstanceOf(IllegalStateException.class);
    }

    private static IkeEffect inbound(int spi) {
        return new IkeEffect.InstallInbound(parameters(spi), PATH);
    }

    private static IkeEffect outbound(int inboundSpi) {
        return new IkeEffect.InstallOutbound(inboundSpi, parameters(7777), PATH);
    }

    private static IkeEffect send(int mark) {
        return new IkeEffect.SendDatagram(HERE, THERE, new byte[] {(byte) mark});
    }

    private static EspSaParameters parameters(int spi) {
        EspSuite suite =
                new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64);
        EspKeys keys = new EspKeys(SecretBytes.copyOf(new byte[36]), SecretBytes.copyOf(new byte[0]));
        return new EspSaParameters(spi, suite, keys, List.of(), List.of(), 64);
    }

    private final class LoggingSender implements DatagramSender {
        @Override
        public void send(Endpoint local, Endpoint remote, byte[] message) {
            log.add("send " + message[0]);
        }

        @Override
        public void sendKeepalive(Endpoint local, Endpoint remote) {
            log.add("keepalive");
        }
    }
}
