package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.Ipv4Fragmenter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark puts our fragments together and finds every checksum right. */
class FragmentsIT {
    private static final int DATAGRAMS = 300;
    private static final int RAW_IP = 101;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tsharkPutsEveryDatagramTogetherAgain() throws Exception {
        InteropRequirement.require();
        Random random = new Random(4);
        ByteBuffer file = ByteBuffer.allocate(16 << 20).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(RAW_IP);
        List<String> lengths = new ArrayList<>();
        int fragments = 0;
        for (int datagram = 1; datagram <= DATAGRAMS; datagram++) {
            byte[] packet = udp(datagram, 600 + random.nextInt(8_000), 4 * random.nextInt(11), random);
            List<byte[]> pieces = cut(packet, 200 + random.nextInt(1_300));
            Collections.shuffle(pieces, random);
            if (pieces.size() > 1) {
                lengths.add(Integer.toString(packet.length - (packet[0] & 0xf) * 4));
            }
            fragments += pieces.size();
            for (byte[] piece : pieces) {
                file.putInt(datagram)
                        .putInt(0)
                        .putInt(piece.length)
                        .putInt(piece.length)
                        .put(piece);
            }
        }
        Path capture = folder.resolve("fragments.pcap");
        Files.write(capture, Arrays.copyOf(file.array(), file.position()));
        List<String> checking = List.of("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE");
        assertThat(fragments).isGreaterThan(2 * DATAGRAMS);
        assertThat(CaptureJudge.field(capture, checking, "ip.reassembled.length", "ip.reassembled.length"))
                .containsExactlyElementsOf(lengths);
        assertThat(CaptureJudge.field(capture, checking, "udp && udp.checksum.status == 1", "frame.number"))
                .describedAs("datagrams with the right UDP checksum")
                .hasSize(DATAGRAMS);
        assertThat(CaptureJudge.field(capture, checking, "ip.checksum.status == 1", "frame.number"))
                .describedAs("fragments with the right header checksum")
                .hasSize(fragments);
        CaptureJudge.assertWellFormed(capture);
    }

    private static byte[] udp(int identification, int payloadBytes, int optionBytes, Random random) {
        int header = 20 + optionBytes;
        int udpBytes = 8 + payloadBytes;
        byte[] packet = new byte[header + udpBytes];
        random.nextBytes(packet);
        ByteBuffer fields = ByteBuffer.wrap(packet);
        fields.put((byte) (0x40 | header / 4)).put((byte) 0).putShort((short) packet.length);
        fields.putShort((short) identification)
                .putShort((short) 0x4000)
                .put((byte) 64)
                .put((byte) 17);
        fields.putShort((short) 0).putInt(0x0a01_000a).putInt(0xac1f_000a);
        // No operation, which is not copied.
        Arrays.fill(packet, 20, header, (byte) 1);
        fields.putShort(10, (short) InternetChecksum.compute(packet, 0, header, 0));
        fields.putShort(header, (short) 40_000).putShort(header + 2, (short) 40_001);
        fields.putShort(header + 4, (short) udpBytes).putShort(header + 6, (short) 0);
        long pseudoHeader = InternetChecksum.sum(packet, 12, 8) + 17 + udpBytes;
        int sum = InternetChecksum.compute(packet, header, udpBytes, pseudoHeader);
        fields.putShort(header + 6, (short) (sum == 0 ? 0xffff : sum));
        return packet;
    }

    private static List<byte[]> cut(byte[] packet, int mtu) {
        int count = Ipv4Fragmenter.count(packet, 0, packet.length, mtu);
        List<byte[]> pieces = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] target = new byte[packet.length + mtu];
            int size = Ipv4Fragmenter.write(packet, 0, mtu, index, target, 0);
            pieces.add(Arrays.copyOf(target, size));
        }
        return count == 1 ? new ArrayList<>(List.of(packet)) : pieces;
    }
}
