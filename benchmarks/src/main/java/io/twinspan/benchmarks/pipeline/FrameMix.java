package io.twinspan.benchmarks.pipeline;

import io.twinspan.benchmarks.Packets;
import io.twinspan.crypto.offload.VirtioNetHeader;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Traffic by the lengths of its Ethernet frames, check sequence not counted, which is how the gateway compared with counts.
 * The IP packet in a frame is 14 octets shorter.
 *
 * @param name for the table
 * @param frameOctets lengths in the order they come, again and again
 * @param packetsInSuperPacket how many packets of TCP come from the host as one; 1 for single packets, which are UDP
 * @param vitaMillionPerSecond what Vita does of it on one core, AES-128-GCM, best of its runs
 */
record FrameMix(String name, List<Integer> frameOctets, int packetsInSuperPacket, double vitaMillionPerSecond) {
    /** What Vita was measured with, and its longest packets as the kernel's TCP hands them over. */
    static final List<FrameMix> ALL = List.of(
            new FrameMix("60", List.of(60), 1, 2.13),
            new FrameMix("imix", imix(), 1, 1.19),
            new FrameMix("1440", List.of(1440), 1, 0.55),
            new FrameMix("1440x42", List.of(1440), 42, 0.55));

    static final int ETHERNET_HEADER_OCTETS = 14;

    FrameMix {
        frameOctets = List.copyOf(frameOctets);
    }

    /** Lengths of the IP packets. */
    List<Integer> packetOctets() {
        return frameOctets.stream()
                .map(octets -> octets - ETHERNET_HEADER_OCTETS)
                .toList();
    }

    /** What reads of a TUN device with offloads bring: a virtio header and a packet each. */
    List<byte[]> reads() {
        Random random = new Random(1);
        return packetOctets().stream().map(octets -> read(octets, random)).toList();
    }

    private byte[] read(int octets, Random random) {
        if (packetsInSuperPacket > 1) {
            int payload = octets - Packets.TCP_HEADERS_OCTETS;
            return Packets.tcpSuperPacket(packetsInSuperPacket * payload, payload, random);
        }
        byte[] packet = Packets.udp(octets, random);
        byte[] read = new byte[VirtioNetHeader.OCTETS + octets];
        System.arraycopy(packet, 0, read, VirtioNetHeader.OCTETS, octets);
        return read;
    }

    /** Octets of IP in an average packet. */
    double meanPacketOctets() {
        return packetOctets().stream().mapToInt(Integer::intValue).average().orElseThrow();
    }

    /** 7:4:1 of 54, 590 and 1,514. */
    private static List<Integer> imix() {
        return Stream.of(Collections.nCopies(7, 54), Collections.nCopies(4, 590), List.of(1514))
                .flatMap(List::stream)
                .toList();
    }
}
