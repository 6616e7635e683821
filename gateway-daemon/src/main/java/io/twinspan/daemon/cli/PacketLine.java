package io.twinspan.daemon.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One IP packet in one line: who to whom, and what. Pure. */
final class PacketLine {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private PacketLine() {}

    static String of(byte[] octets) {
        if (octets.length < IPV4_HEADER || ((octets[0] >> 4 & 0xf) == 6 && octets.length < IPV6_HEADER)) {
            return "cut short";
        }
        boolean ipv4 = (octets[0] >> 4 & 0xf) == 4;
        int header = ipv4 ? (octets[0] & 0xf) * 4 : IPV6_HEADER;
        int protocol = octets[ipv4 ? 9 : 6] & 0xff;
        int length = ipv4 ? 4 : 16;
        int from = ipv4 ? 12 : 8;
        boolean ports = (protocol == 6 || protocol == 17) && octets.length >= header + 4;
        ByteBuffer packet = ByteBuffer.wrap(octets);
        return host(octets, from, length, ports ? packet.getShort(header) & 0xffff : -1) + " > "
                + host(octets, from + length, length, ports ? packet.getShort(header + 2) & 0xffff : -1) + " "
                + name(protocol);
    }

    private static String host(byte[] octets, int at, int length, int port) {
        try {
            String address = InetAddress.getByAddress(Arrays.copyOfRange(octets, at, at + length))
                    .getHostAddress();
            return port < 0 ? address : length == 4 ? address + ":" + port : "[" + address + "]:" + port;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(int protocol) {
        return switch (protocol) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 50 -> "ESP";
            case 58 -> "ICMPv6";
            default -> "protocol " + protocol;
        };
    }
}
