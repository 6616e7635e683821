package io.twinspan.crypto.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The UDP datagrams of a capture over IPv4, with IP fragments put together in the order they came. */
public final class CapturedDatagrams {
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int PROTOCOL_UDP = 17;
    private static final int NON_ESP_MARKER_BYTES = 4;
    private static final int IKE_PORT = 500;
    private static final int NAT_TRAVERSAL_PORT = 4_500;

    private CapturedDatagrams() {}

    /** One datagram's ports and payload. */
    public record Datagram(int sourcePort, int destinationPort, byte[] payload) {}

    /** All UDP datagrams of a capture on the class path. */
    public static List<Datagram> udp(String resource) {
        List<Datagram> datagrams = new ArrayList<>();
        Map<String, byte[]> unfinished = new HashMap<>();
        for (CaptureFile.Frame frame : CaptureFile.read(resource)) {
            byte[] packet = ipv4(frame);
            if (packet.length >= IPV4_HEADER_BYTES && packet[0] >> 4 == 4) {
                payload(packet, unfinished).flatMap(CapturedDatagrams::datagram).ifPresent(datagrams::add);
            }
        }
        return datagrams;
    }

    /** The IKE messages of a capture: port 500, and port 4500 behind the non-ESP marker (RFC 3948 section 2.2). */
    public static List<byte[]> ike(String resource) {
        List<byte[]> messages = new ArrayList<>();
        for (Datagram datagram : udp(resource)) {
            byte[] payload = datagram.payload();
            if (datagram.sourcePort() == IKE_PORT || datagram.destinationPort() == IKE_PORT) {
                messages.add(payload);
            } else if (datagram.sourcePort() == NAT_TRAVERSAL_PORT
                    || datagram.destinationPort() == NAT_TRAVERSAL_PORT) {
                if (payload.length > NON_ESP_MARKER_BYTES && u16(payload, 0) == 0 && u16(payload, 2) == 0) {
                    messages.add(Arrays.copyOfRange(payload, NON_ESP_MARKER_BYTES, payload.length));
                }
            }
        }
        return messages;
    }

    private static byte[] ipv4(CaptureFile.Frame frame) {
        byte[] octets = frame.octets();
        int linkHeader = switch (frame.linkType()) {
            case 0 -> 4;
            case 1 -> octets.length >= 14 && u16(octets, 12) == 0x8100 ? 18 : 14;
            case 113 -> 16;
            default -> 0;
        };
        return Arrays.copyOfRange(octets, Math.min(linkHeader, octets.length), octets.length);
    }

    private static Optional<byte[]> payload(byte[] packet, Map<String, byte[]> unfinished) {
        int header = (packet[0] & 0xf) * 4;
        int end = Math.min(u16(packet, 2), packet.length);
        if (header > end || packet[9] != PROTOCOL_UDP) {
            return Optional.empty();
        }
        byte[] part = Arrays.copyOfRange(packet, header, end);
        int flagsAndOffset = u16(packet, 6);
        boolean more = (flagsAndOffset & 0x2000) != 0;
        int offset = (flagsAndOffset & 0x1fff) * 8;
        if (!more && offset == 0) {
            return Optional.of(part);
        }
        String key = Arrays.toString(Arrays.copyOfRange(packet, 12, 20)) + u16(packet, 4);
        byte[] before = unfinished.getOrDefault(key, new byte[0]);
        if (before.length != offset) {
            return Optional.empty();
        }
        byte[] joined = Arrays.copyOf(before, offset + part.length);
        System.arraycopy(part, 0, joined, offset, part.length);
        unfinished.put(key, joined);
        return more ? Optional.empty() : Optional.of(joined);
    }

    private static Optional<Datagram> datagram(byte[] udp) {
        if (udp.length < UDP_HEADER_BYTES) {
            return Optional.empty();
        }
        return Optional.of(
                new Datagram(u16(udp, 0), u16(udp, 2), Arrays.copyOfRange(udp, UDP_HEADER_BYTES, udp.length)));
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }
}
