package io.twinspan.crypto.ike.session;

import static io.twinspan.crypto.ike.session.TwoPeers.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.crypto.kex.KeyExchange;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PeerSnapshotTest {
    private final TwoPeers peers = TwoPeers.connectable();

    @Test
    void whatIsTakenUpIsWhatWasKept() {
        peers.connect();
        IkePeerSummary before = peers.left.peer.summary();
        byte[] snapshot = snapshot(peers.left);
        IkeStep step = resume(peers.left, snapshot).orElseThrow();
        assertThat(step.state().summary()).isEqualTo(before);
        assertThat(peers.left.machine.snapshot(step.state(), peers.now)).isEqualTo(snapshot);
    }

    @Test
    void takingUpSendsNothingAndMakesTheSameChildSaKnownWithTheSameKeys() {
        peers.connect();
        ChildSaSummary child = peers.left.peer.summary().childSas().getFirst();
        EspKeys keys = outboundKeys(child.inboundSpi());
        IkeStep step = resume(peers.left, snapshot(peers.left)).orElseThrow();
        assertThat(step.effects())
                .hasExactlyElementsOfTypes(
                        IkeEffect.InstallInbound.class,
                        IkeEffect.InstallOutbound.class,
                        IkeEffect.SwitchOutbound.class,
                        IkeEffect.Report.class);
        IkeEffect.InstallOutbound install =
                (IkeEffect.InstallOutbound) step.effects().get(1);
        assertThat(install.parameters().keys()).isEqualTo(keys);
        assertThat(install.parameters().spi()).isEqualTo(child.outboundSpi());
        assertThat(step.effects().getLast())
                .isEqualTo(new IkeEffect.Report(new IkeReport.Resumed(1, 1, child.inboundSpi(), child.outboundSpi())));
    }

    @Test
    void livenessAndRekeysGoOnAfterwards() {
        peers.connect();
        takeOver(peers.left);
        takeOver(peers.right);
        peers.left.event(new IkeEvent.RekeyIkeRequested());
        peers.settle();
        takeOver(peers.left);
        peers.right.event(new IkeEvent.RekeyChildRequested());
        peers.settle();
        peers.run(60 * SECOND);
        assertThat(peers.left.reports(IkeReport.PeerAlive.class)).isNotEmpty();
        assertThat(peers.left.reports(IkeReport.IkeSaRekeyed.class)).hasSize(1);
        assertThat(peers.left.reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
        assertThat(peers.left.reports(IkeReport.Connecting.class)).hasSize(1);
        assertThat(peers.passesBothWays()).isTrue();
    }

    @Test
    void anOutstandingRequestIsSentAgainOctetForOctetAtOnce() {
        peers.connect();
        peers.left.event(new IkeEvent.RekeyChildRequested());
        TwoPeers.Packet lost = peers.wire.removeFirst();
        takeOver(peers.left);
        assertThat(peers.wire).isEmpty();
        peers.left.event(new IkeEvent.DeadlineReached());
        assertThat(peers.wire).hasSize(1);
        assertThat(peers.wire.getFirst().message()).isEqualTo(lost.message());
        peers.settle();
        assertThat(peers.left.reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
        assertThat(peers.passesBothWays()).isTrue();
    }

    @Test
    void aRequestThatWasAnsweredBeforeGetsTheSameAnswer() {
        peers.connect();
        peers.left.event(new IkeEvent.RekeyChildRequested());
        TwoPeers.Packet request = peers.wire.getFirst();
        peers.deliverNext();
        byte[] answer = peers.wire.removeFirst().message();
        takeOver(peers.right);
        peers.wire.add(request);
        peers.deliverNext();
        assertThat(peers.wire.getFirst().message()).isEqualTo(answer);
    }

    @Test
    void theTimeWithoutAProcessIsTakenOffTheLifetimes() {
        peers.connect();
        IkeSaSummary before = peers.left.peer.summary().ikeSas().getFirst();
        byte[] snapshot = snapshot(peers.left);
        // Another process may count from elsewhere: what was written at -5 s is 3 s ago at 1,000 s.
        IkePeer after = peers.left
                .machine
                .resume(snapshot, 997 * SECOND, 1_000 * SECOND)
                .orElseThrow()
                .state();
        IkeSaSummary sa = after.summary().ikeSas().getFirst();
        assertThat(sa.expireNanos() - 997 * SECOND).isEqualTo(before.expireNanos() - peers.now);
        assertThat(sa.establishedNanos() - 997 * SECOND).isEqualTo(before.establishedNanos() - peers.now);
    }

    @Test
    void anotherPolicyIsNegotiatedAnewAndOtherTimersAreNot() {
        peers.connect();
        byte[] snapshot = snapshot(peers.left);
        IkePolicy policy = TwoPeers.policy(true);
        assertThat(resumeUnder(policy, snapshot)).isPresent();
        assertThat(resumeUnder(with(policy, TwoPeers.key("another pre-shared key"), policy.timers()), snapshot))
                .isEmpty();
        IkeTimers hasty = new IkeTimers(1, 1, 100, 1, 1, 1, 1, 80, 1, 1, 1, 1, 1);
        assertThat(resumeUnder(with(policy, policy.preSharedKey(), hasty), snapshot))
                .isPresent();
        IkePolicy otherGroups = TwoPeers.policy(
                true,
                policy.startup(),
                policy.encapsulation(),
                List.of(KeyExchangeMethod.ECP_256, KeyExchangeMethod.CURVE25519),
                "0.0.0.0/0");
        assertThat(resumeUnder(otherGroups, snapshot)).isEmpty();
    }

    @Test
    void theKeysOfADeletedChildSaAreInNoLaterSnapshot() {
        peers.connect();
        byte[] key = outboundKeys(peers.left.sending).encryption().expose();
        assertThat(contains(snapshot(peers.left), key)).isTrue();
        peers.left.event(new IkeEvent.Close("test"));
        peers.settle();
        peers.run(30 * SECOND);
        assertThat(contains(snapshot(peers.left), key)).isFalse();
    }

    @Test
    void thePresharedKeyIsNotInASnapshot() {
        peers.connect();
        byte[] key = TwoPeers.policy(true).preSharedKey().expose();
        assertThat(contains(snapshot(peers.left), key)).isFalse();
    }

    @Test
    void noPartOfASnapshotIsTakenForAWholeOne() {
        byte[] snapshot = busySnapshot();
        for (int length = 0; length < snapshot.length; length++) {
            assertThat(resume(peers.left, Arrays.copyOf(snapshot, length)))
                    .as("%d octets", length)
                    .isEmpty();
        }
    }

    @Test
    void noFlippedBitIsOverlooked() {
        byte[] snapshot = busySnapshot();
        for (int bit = 0; bit < snapshot.length * Byte.SIZE; bit++) {
            snapshot[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(resume(peers.left, snapshot)).as("bit %d", bit).isEmpty();
            snapshot[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
    }

    /** Worse than damage: octets that somebody made up, checksum and all. */
    @Property(tries = 300)
    void nothingThatIsReadThrows(@ForAll long seed) {
        byte[] snapshot = busySnapshot();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] forged = snapshot.clone();
            // Behind the format and the digest, or nothing but those would be looked at.
            int from = 40;
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                forged[from + random.nextInt(forged.length - from)] = (byte) random.nextInt();
            }
            sealAgain(forged);
            assertThatCode(() -> resume(peers.left, forged)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(KeyExchangeMethod.class)
    void aRestoredPrivateKeyAgreesOnTheSameSecret(KeyExchangeMethod method) {
        KeyExchange ours = KeyExchange.generate(method, TwoPeers.seeded(1));
        KeyExchange theirs = KeyExchange.generate(method, TwoPeers.seeded(2));
        KeyExchange restored = KeyExchange.restore(method, ours.privateValue()).orElseThrow();
        assertThat(restored.publicValue()).isEqualTo(ours.publicValue());
        assertThat(restored.agree(theirs.publicValue())).isEqualTo(ours.agree(theirs.publicValue()));
        assertThat(KeyExchange.restore(method, SecretBytes.copyOf(new byte[0]))).isEmpty();
    }

    /** Of a moment with much in it: an IKE SA that was replaced, a rekey with PFS under way, an answer kept. */
    private byte[] busySnapshot() {
        if (peers.left.peer.summary().ikeSas().isEmpty()) {
            peers.connect();
            peers.right.event(new IkeEvent.RekeyChildRequested());
            peers.settle();
            peers.left.event(new IkeEvent.RekeyIkeRequested());
            peers.deliverNext();
            peers.deliverNext();
            peers.left.event(new IkeEvent.RekeyChildRequested());
        }
        return snapshot(peers.left);
    }

    private EspKeys outboundKeys(int inboundSpi) {
        return Objects.requireNonNull(peers.left.outbound.get(inboundSpi)).keys();
    }

    private byte[] snapshot(TwoPeers.Side side) {
        return side.machine.snapshot(side.peer, peers.now);
    }

    private Optional<IkeStep> resume(TwoPeers.Side side, byte[] snapshot) {
        return side.machine.resume(snapshot, peers.now, peers.now);
    }

    private Optional<IkeStep> resumeUnder(IkePolicy policy, byte[] snapshot) {
        return new IkePeerMachine(new IkeContext(TwoPeers.seeded(3), spi -> true), policy)
                .resume(snapshot, peers.now, peers.now);
    }

    private void takeOver(TwoPeers.Side side) {
        side.peer = resume(side, snapshot(side)).orElseThrow().state();
    }

    private static IkePolicy with(IkePolicy policy, SecretBytes key, IkeTimers timers) {
        return new IkePolicy(
                policy.startup(),
                policy.local(),
                policy.remote(),
                policy.localIdentity(),
                policy.remoteIdentity(),
                key,
                policy.ikeProposals(),
                policy.espProposals(),
                policy.localSelectors(),
                policy.remoteSelectors(),
                policy.encapsulation(),
                policy.replayWindowPackets(),
                timers);
    }

    private static void sealAgain(byte[] forged) {
        CRC32C crc = new CRC32C();
        crc.update(forged, 0, forged.length - Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            forged[forged.length - 1 - i] = (byte) (crc.getValue() >>> (i * Byte.SIZE));
        }
    }

    private static boolean contains(byte[] octets, byte[] part) {
        for (int at = 0; at + part.length <= octets.length; at++) {
            if (Arrays.equals(octets, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
