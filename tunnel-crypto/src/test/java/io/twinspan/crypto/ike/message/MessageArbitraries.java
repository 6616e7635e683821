package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.net.TrafficSelector;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any message that RFC 7296 section 3 lets exist, within the decoder's limits. */
final class MessageArbitraries {
    private MessageArbitraries() {}

    static Arbitrary<IkeMessage> messages() {
        return Combinators.combine(
                        headers(),
                        plainPayloads().list().ofMaxSize(12),
                        encrypted().list().ofMaxSize(1))
                .as((header, plain, last) -> {
                    List<IkePayload> all = new ArrayList<>(plain);
                    all.addAll(last);
                    return new IkeMessage(header, all);
                });
    }

    static Arbitrary<IkeHeader> headers() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers())
                .as(IkeHeader::new);
    }

    static Arbitrary<IkePayload> plainPayloads() {
        Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 65_535);
        return Arbitraries.oneOf(List.<Arbitrary<? extends IkePayload>>of(
                        securityAssociations(),
                        Combinators.combine(number, octets(200))
                                .as((method, data) -> new IkePayload.KeyExchange(method, data)),
                        Combinators.combine(octet, octets(60))
                                .as((type, data) -> new IkePayload.IdentificationInitiator(type, data)),
                        Combinators.combine(octet, octets(60))
                                .as((type, data) -> new IkePayload.IdentificationResponder(type, data)),
                        Combinators.combine(octet, octets(64))
                                .as((method, data) -> new IkePayload.Authentication(method, data)),
                        octets(256).map(IkePayload.Nonce::new),
                        notifies(),
                        deletes(),
                        selectors().map(IkePayload.TrafficSelectorsInitiator::new),
                        selectors().map(IkePayload.TrafficSelectorsResponder::new),
                        Combinators.combine(Arbitraries.integers().between(54, 255), octets(40))
                                .as(IkePayload.Unknown::new),
                        Combinators.combine(Arbitraries.integers().between(0, 5), octets(80))
                                .as(MessageArbitraries::opaque)))
                .map(payload -> payload);
    }

    private static IkePayload opaque(int which, Octets body) {
        return switch (which) {
            case 0 -> new IkePayload.Certificate(body);
            case 1 -> new IkePayload.CertificateRequest(body);
            case 2 -> new IkePayload.VendorId(body);
            case 3 -> new IkePayload.Configuration(body);
            case 4 -> new IkePayload.ExtensibleAuthentication(body);
            default -> new IkePayload.Nonce(body);
        };
    }

    private static Arbitrary<IkePayload> encrypted() {
        Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
        Arbitrary<Integer> number = Arbitraries.integers().between(1, 65_535);
        return Arbitraries.oneOf(List.<Arbitrary<? extends IkePayload>>of(
                        Combinators.combine(octet, octets(120)).as(IkePayload.Encrypted::new),
                        Combinators.combine(octet, number, number, octets(120))
                                .as((type, one, other, body) -> new IkePayload.EncryptedFragment(
                                        type, Math.min(one, other), Math.max(one, other), body))))
                .map(payload -> payload);
    }

    private static Arbitrary<IkePayload> notifies() {
        Arbitrary<Octets> spis = Arbitraries.of(0, 4, 8).flatMap(MessageArbitraries::exactly);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        spis,
                        Arbitraries.integers().between(0, 65_535),
                        octets(50))
                .as(IkePayload.Notify::new);
    }

    private static Arbitrary<IkePayload> deletes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().list().ofMaxSize(20))
                .as((protocol, spis) -> new IkePayload.Delete(protocol, protocol == 1 ? List.of() : spis));
    }

    private static Arbitrary<IkePayload> securityAssociations() {
        Arbitrary<TransformAttribute> attributes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 65_535).map(TransformAttribute::keyLength),
                Combinators.combine(Arbitraries.integers().between(15, 32_767), octets(10))
                        .as((type, value) -> new TransformAttribute(type, false, value)),
                Combinators.combine(Arbitraries.integers().between(0, 32_767), exactly(2))
                        .as((type, value) -> new TransformAttribute(type, true, value)));
        Arbitrary<Transform> transforms = Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 65_535),
                        attributes.list().ofMaxSize(3))
                .as(Transform::new);
        Arbitrary<Proposal> proposals = Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        octets(8),
                        transforms.list().ofMaxSize(6))
                .as((protocol, spi, list) -> new Proposal(1, protocol, spi, list));
        return proposals.list().ofMinSize(1).ofMaxSize(5).map(list -> {
            List<Proposal> numbered = new ArrayList<>();
            list.forEach(proposal -> numbered.add(
                    new Proposal(numbered.size() + 1, proposal.protocolId(), proposal.spi(), proposal.transforms())));
            return new IkePayload.SecurityAssociation(numbered);
        });
    }

    private static Arbitrary<List<WireSelector>> selectors() {
        Arbitrary<WireSelector> opaque = Combinators.combine(
                        Arbitraries.integers().between(9, 255),
                        Arbitraries.integers().between(0, 255),
                        octets(20))
                .as(WireSelector.Opaque::new);
        return Arbitraries.oneOf(opaque, range(4), range(16))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Arbitrary<WireSelector> range(int addressBytes) {
        Arbitrary<Integer> port = Arbitraries.integers().between(0, 65_535);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        port,
                        port,
                        exactly(addressBytes),
                        exactly(addressBytes))
                .as((protocol, p, q, a, b) -> {
                    boolean ascending = Arrays.compareUnsigned(a.toArray(), b.toArray()) <= 0;
                    return new WireSelector.Range(new TrafficSelector(
                            protocol,
                            Math.min(p, q),
                            Math.max(p, q),
                            address(ascending ? a : b),
                            address(ascending ? b : a)));
                });
    }

    private static InetAddress address(Octets octets) {
        try {
            return octets.length() == 4
                    ? InetAddress.getByAddress(octets.toArray())
                    : Inet6Address.getByAddress(null, octets.toArray(), -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Arbitrary<Octets> octets(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most).map(Octets::copyOf);
    }

    private static Arbitrary<Octets> exactly(int count) {
        return Arbitraries.bytes().array(byte[].class).ofSize(count).map(Octets::copyOf);
    }
}
