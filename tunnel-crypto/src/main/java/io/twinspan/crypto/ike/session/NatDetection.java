package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.net.Endpoint;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Finds NATs between the two sides by hashes of what each believes its endpoint to be (RFC 7296 section 2.23). */
final class NatDetection {
    private NatDetection() {}

    /**
     * Our two notifies, none where NAT detection is not wanted.
     *
     * @param spiI the initiator's SPI as it stands in the message's header
     * @param spiR the responder's, 0 in a request
     */
    static List<IkePayload> notifies(
            IkePolicy.Encapsulation encapsulation, long spiI, long spiR, Endpoint local, Endpoint remote) {
        byte[] source = hash(spiI, spiR, local);
        return switch (encapsulation) {
            case ESP -> List.of();
            case AUTO -> pair(source, hash(spiI, spiR, remote));
            case UDP -> pair(notMatching(source), hash(spiI, spiR, remote));
        };
    }

    /**
     * True where ESP is to travel in UDP and the peer says nothing about NATs: then it does not do NAT traversal, and ESP
     * in UDP would meet no listener.
     */
    static boolean isImpossible(IkePolicy.Encapsulation encapsulation, IkeMessage message) {
        return encapsulation == IkePolicy.Encapsulation.UDP
                && (hashes(message, NotifyType.NAT_DETECTION_SOURCE_IP).isEmpty()
                        || hashes(message, NotifyType.NAT_DETECTION_DESTINATION_IP)
                                .isEmpty());
    }

    /** For people, where {@link #isImpossible} holds. */
    static final String NO_NAT_TRAVERSAL =
            "the peer sends no NAT detection payloads, so encapsulation udp is impossible with it";

    /** What the peer's notifies say about the path that its message took. */
    static SaPath path(IkePolicy.Encapsulation encapsulation, IkeMessage message, Endpoint local, Endpoint remote) {
        List<byte[]> sources = hashes(message, NotifyType.NAT_DETECTION_SOURCE_IP);
        List<byte[]> destinations = hashes(message, NotifyType.NAT_DETECTION_DESTINATION_IP);
        if (encapsulation == IkePolicy.Encapsulation.ESP || sources.isEmpty() || destinations.isEmpty()) {
            return new SaPath(local, remote, false, false, false);
        }
        long spiI = message.header().initiatorSpi();
        long spiR = message.header().responderSpi();
        boolean natRemote = noneIs(sources, hash(spiI, spiR, remote));
        boolean natLocal = noneIs(destinations, hash(spiI, spiR, local));
        boolean udp = natRemote || natLocal || encapsulation == IkePolicy.Encapsulation.UDP;
        return new SaPath(local, remote, natLocal, natRemote, udp);
    }

    static byte[] hash(long spiI, long spiR, Endpoint endpoint) {
        byte[] address = endpoint.address().getAddress();
        ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES + address.length + Short.BYTES);
        input.putLong(spiI).putLong(spiR).put(address).putShort((short) endpoint.port());
        try {
            return MessageDigest.getInstance("SHA-1").digest(input.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static List<IkePayload> pair(byte[] source, byte[] destination) {
        return List.of(
                new Notify(NotifyType.NAT_DETECTION_SOURCE_IP, source),
                new Notify(NotifyType.NAT_DETECTION_DESTINATION_IP, destination));
    }

    /** Not the hash of any endpoint one could guess, so the other side must conclude that a NAT is in between. */
    private static byte[] notMatching(byte[] hash) {
        byte[] changed = hash.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = (byte) ~changed[i];
        }
        return changed;
    }

    private static List<byte[]> hashes(IkeMessage message, NotifyType type) {
        return message.all(Notify.class).stream()
                .filter(notify -> notify.is(type))
                .map(notify -> notify.data().toArray())
                .toList();
    }

    private static boolean noneIs(List<byte[]> hashes, byte[] expected) {
        return hashes.stream().noneMatch(hash -> MessageDigest.isEqual(hash, expected));
    }
}
