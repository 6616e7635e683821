package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.NetworkOrder;
import java.util.Arrays;

/**
 * What a probe looks like, and how its answer is told from a user's ping: by a token that only this connection knows.
 * Immutable; each loop has the use of it.
 *
 * <pre>
 *  ICMP echo header (8) | token (8) | sent, monotonic nanoseconds (8) | sequence (4) | kind (4) | zeros
 * </pre>
 */
final class ProbeFormat {
    /** ICMP header and record. */
    static final int ECHO_OCTETS = 8 + 24;

    private static final int TOKEN = 8;
    private static final int SENT = 16;
    private static final int SEQUENCE = 24;
    private static final int KIND = 28;
    private static final int TTL = 64;
    /** RFC 4594 section 3.1: network control. */
    private static final int CS6 = 48 << 2;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int ECHO_V4 = 8;
    private static final int REPLY_V4 = 0;
    private static final int ECHO_V6 = 128;
    private static final int REPLY_V6 = 129;

    private final long token;

    /** @param token unpredictable; no user's ping carries it by chance */
    ProbeFormat(long token) {
        this.token = token;
    }

    /**
     * Writes the inner packet of a probe.
     *
     * @return its length
     */
    int write(Probe probe, IpAddressKey source, IpAddressKey target, long sentNanos, byte[] array, int offset) {
        boolean ipv4 = target.isIpv4();
        int header = ipv4 ? IPV4_HEADER : IPV6_HEADER;
        int length = Math.max(probe.innerOctets(), header + ECHO_OCTETS);
        Arrays.fill(array, offset, offset + length, (byte) 0);
        int echo = offset + header;
        NetworkOrder.putQuad(array, echo + 4, (int) (token & 0xffff) << 16 | (probe.sequence() & 0xffff));
        NetworkOrder.putOctets8(array, echo + TOKEN, token);
        NetworkOrder.putOctets8(array, echo + SENT, sentNanos);
        NetworkOrder.putQuad(array, echo + SEQUENCE, probe.sequence());
        NetworkOrder.putQuad(array, echo + KIND, probe.kind().code());
        if (ipv4) {
            finishIpv4(source, target, probe.sequence(), array, offset, length);
        } else {
            finishIpv6(source, target, array, offset, length);
        }
        return length;
    }

    private static void finishIpv4(
            IpAddressKey source, IpAddressKey target, int sequence, byte[] array, int offset, int length) {
        array[offset] = 0x45;
        array[offset + 1] = (byte) CS6;
        NetworkOrder.putWord(array, offset + 2, length);
        // RFC 6864: the answer of a big probe may be cut, so each has an identification of its own.
        NetworkOrder.putWord(array, offset + 4, sequence & 0xffff);
        array[offset + 8] = TTL;
        array[offset + 9] = (byte) IpPacket.PROTOCOL_ICMP;
        NetworkOrder.putQuad(array, offset + 12, (int) source.low());
        NetworkOrder.putQuad(array, offset + 16, (int) target.low());
        NetworkOrder.putWord(array, offset + 10, InternetChecksum.compute(array, offset, IPV4_HEADER, 0));
        int echo = offset + IPV4_HEADER;
        array[echo] = ECHO_V4;
        NetworkOrder.putWord(array, echo + 2, InternetChecksum.compute(array, echo, length - IPV4_HEADER, 0));
    }

    private static void finishIpv6(IpAddressKey source, IpAddressKey target, byte[] array, int offset, int length) {
        int payload = length - IPV6_HEADER;
        NetworkOrder.putQuad(array, offset, 0x6000_0000 | CS6 << 20);
        NetworkOrder.putWord(array, offset + 4, payload);
        array[offset + 6] = (byte) IpPacket.PROTOCOL_ICMPV6;
        array[offset + 7] = TTL;
        NetworkOrder.putOctets8(array, offset + 8, source.high());
        NetworkOrder.putOctets8(array, offset + 16, source.low());
        NetworkOrder.putOctets8(array, offset + 24, target.high());
        NetworkOrder.putOctets8(array, offset + 32, target.low());
        int echo = offset + IPV6_HEADER;
        array[echo] = (byte) ECHO_V6;
        // RFC 8200 section 8.1: the pseudo-header is the two addresses, the length and the protocol.
        long pseudo = InternetChecksum.sum(array, offset + 8, 32) + payload + IpPacket.PROTOCOL_ICMPV6;
        NetworkOrder.putWord(array, echo + 2, InternetChecksum.compute(array, echo, payload, pseudo));
    }

    /**
     * Where the echo reply to one of our probes begins in an inner packet, or 0 for any other packet. The first fragment of a
     * reply counts: it came through.
     */
    int answerAt(byte[] packet, int offset, int length) {
        int echo;
        int type;
        if (IpPacket.version(packet, offset, length) == 4) {
            if (Ipv4View.protocol(packet, offset) != IpPacket.PROTOCOL_ICMP
                    || Ipv4View.fragmentOffsetBytes(packet, offset) != 0) {
                return 0;
            }
            echo = offset + Ipv4View.headerBytes(packet, offset);
            type = REPLY_V4;
        } else {
            int upperLayer = Ipv6View.upperLayer(packet, offset);
            if (upperLayer == Ipv6View.NO_UPPER_LAYER
                    || Ipv6View.upperLayerProtocol(upperLayer) != IpPacket.PROTOCOL_ICMPV6) {
                return 0;
            }
            echo = offset + Ipv6View.upperLayerOffset(upperLayer);
            type = REPLY_V6;
        }
        boolean ours = offset + length - echo >= ECHO_OCTETS
                && (packet[echo] & 0xff) == type
                && NetworkOrder.octets8(packet, echo + TOKEN) == token
                && ProbeKind.of(NetworkOrder.quad(packet, echo + KIND)) != null;
        return ours ? echo : 0;
    }

    /** When the probe was sent whose answer begins here. */
    static long sentNanos(byte[] packet, int echo) {
        return NetworkOrder.octets8(packet, echo + SENT);
    }

    static int sequence(byte[] packet, int echo) {
        return NetworkOrder.quad(packet, echo + SEQUENCE);
    }

    static ProbeKind kind(byte[] packet, int echo) {
        ProbeKind kind = ProbeKind.of(NetworkOrder.quad(packet, echo + KIND));
        return kind == null ? ProbeKind.HEALTH : kind;
    }
}
