package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.ike.session.IkePolicy.Encapsulation;
import io.twinspan.crypto.ike.session.IkePolicy.Startup;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.crypto.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Two machines, a wire that loses nothing unless told to, and a clock that jumps from deadline to deadline. */
final class TwoPeers {
    static final long SECOND = 1_000_000_000L;
    static final Endpoint LEFT = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 500);
    static final Endpoint RIGHT = new Endpoint(IpPrefix.parseAddress("198.51.100.2"), 500);

    final Side left;
    final Side right;
    final Deque<Packet> wire = new ArrayDeque<>();
    Predicate<Packet> carries = packet -> true;
    long now = -5 * SECOND;

    TwoPeers(IkePolicy leftPolicy, IkePolicy rightPolicy) {
        left = new Side("left", leftPolicy, 1);
        right = new Side("right", rightPolicy, 2);
    }

    static TwoPeers connectable() {
        return new TwoPeers(policy(true), policy(false));
    }

    record Packet(Endpoint from, Endpoint to, byte[] message) {
        int exchange() {
            return message[18] & 0xff;
        }

        boolean isResponse() {
            return (message[19] & 0x20) != 0;
        }
    }

    /** One machine with what its data path would know. */
    final class Side {
        final String name;
        final IkePeerMachine machine;
        IkePeer peer;
        final List<IkeReport> reports = new ArrayList<>();
        final Map<Integer, EspSaParameters> inbound = new LinkedHashMap<>();
        final Map<Integer, EspSaParameters> outbound = new LinkedHashMap<>();
        final List<IkeEffect> effects = new ArrayList<>();
        int sending;

        Side(String name, IkePolicy policy, long seed) {
            this.name = name;
            this.machine = new IkePeerMachine(new IkeContext(seeded(seed), spi -> true), policy);
            this.peer = machine.initial();
        }

        void event(IkeEvent event) {
            IkeStep step = machine.step(peer, event, now);
            peer = step.state();
            step.effects().forEach(this::apply);
        }

        private void apply(IkeEffect effect) {
            effects.add(effect);
            switch (effect) {
                case IkeEffect.SendDatagram(Endpoint local, Endpoint remote, byte[] message) -> {
                    Packet packet = new Packet(local, remote, message);
                    if (carries.test(packet)) {
                        wire.add(packet);
                    }
                }
                case IkeEffect.SendNatKeepalive _ -> {}
                case IkeEffect.InstallInbound(EspSaParameters parameters, var _) ->
                    inbound.put(parameters.spi(), parameters);
                case IkeEffect.InstallOutbound(int spi, EspSaParameters parameters, var _) ->
                    outbound.put(spi, parameters);
                case IkeEffect.SwitchOutbound(int spi) -> sending = spi;
                case IkeEffect.UpdatePath _ -> {}
                case IkeEffect.ReleaseOutbound(int spi) -> {
                    outbound.remove(spi);
                    sending = sending == spi ? 0 : sending;
                }
                case IkeEffect.RemoveChild(int spi) -> {
                    inbound.remove(spi);
                    outbound.remove(spi);
                    sending = sending == spi ? 0 : sending;
                }
                case IkeEffect.Report(IkeReport report) -> reports.add(report);
            }
        }

        <R extends IkeReport> List<R> reports(Class<R> kind) {
            return reports.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /** The SA that packets leave by, if there is one. */
        boolean reaches(Side other) {
            EspSaParameters out = outbound.get(sending);
            if (out == null) {
                return false;
            }
            EspSaParameters in = other.inbound.get(out.spi());
            return in != null
                    && in.keys().encryption().equals(out.keys().encryption())
                    && in.keys().integrity().equals(out.keys().integrity());
        }
    }

    void connect() {
        right.event(new IkeEvent.Initiate());
        left.event(new IkeEvent.Initiate());
        settle();
    }

    /** Delivers until the wire is empty. */
    void settle() {
        for (int i = 0; i < 1_000 && !wire.isEmpty(); i++) {
            deliverNext();
        }
    }

    void deliverNext() {
        Packet packet = wire.removeFirst();
        Side to = packet.to().address().equals(LEFT.address()) ? left : right;
        to.event(new IkeEvent.DatagramReceived(packet.to(), packet.from(), packet.message()));
    }

    /** Lets time pass, deadline by deadline, delivering everything at once. */
    void run(long nanos) {
        long end = now + nanos;
        settle();
        for (int i = 0; i < 10_000; i++) {
            long next = Deadline.earlier(
                    left.machine.nextDeadlineNanos(left.peer), right.machine.nextDeadlineNanos(right.peer));
            if (next == Deadline.NEVER || next - end > 0) {
                break;
            }
            now = next - now > 0 ? next : now;
            left.event(new IkeEvent.DeadlineReached());
            right.event(new IkeEvent.DeadlineReached());
            settle();
        }
        now = end;
    }

    boolean passesBothWays() {
        return left.reaches(right) && right.reaches(left);
    }

    static EntropySource seeded(long seed) {
        Random random = new Random(seed);
        return random::nextBytes;
    }

    static IkePolicy policy(boolean ofLeft) {
        return policy(
                ofLeft,
                ofLeft ? Startup.INITIATE : Startup.RESPOND,
                Encapsulation.AUTO,
                List.of(KeyExchangeMethod.CURVE25519, KeyExchangeMethod.ECP_256),
                "0.0.0.0/0");
    }

    static IkePolicy policy(
            boolean ofLeft,
            Startup startup,
            Encapsulation encapsulation,
            List<KeyExchangeMethod> groups,
            String prefix) {
        Endpoint local = ofLeft ? LEFT : RIGHT;
        Endpoint remote = ofLeft ? RIGHT : LEFT;
        List<TrafficSelector> selectors = List.of(TrafficSelector.ofPrefix(IpPrefix.parse(prefix)));
        return new IkePolicy(
                startup,
                local,
                remote,
                IkeIdentity.ofAddress(local.address()),
                IkeIdentity.ofAddress(remote.address()),
                key("a pre-shared key of some length"),
                List.of(new IkeProposal(
                        List.of(EncryptionAlgorithm.AES_GCM_16_256),
                        List.of(),
                        List.of(PseudorandomFunction.HMAC_SHA2_384),
                        groups)),
                List.of(new EspProposal(
                        List.of(EncryptionAlgorithm.AES_CBC_128),
                        List.of(IntegrityAlgorithm.HMAC_SHA2_256_128),
                        groups,
                        List.of(SequenceNumbers.SHORT_32))),
                selectors,
                selectors,
                encapsulation,
                1024,
                IkeTimers.defaults());
    }

    static SecretBytes key(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
    }
}
