package io.twinspan.daemon.queue;

import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.daemon.buffer.PacketSlot;
import java.nio.ByteBuffer;

/** Fills slots with IP headers; what comes behind does not matter here. */
final class QueuePackets {
    static final int NOT_ECT = 0;
    static final int ECT_1 = 1;
    static final int ECT_0 = 2;
    static final int CE = 3;

    private static final int IPV4_HEADER = 20;

    private QueuePackets() {}

    static PacketSlot ipv4(PacketSlot slot, int octets, int tos) {
        ByteBuffer header = ByteBuffer.wrap(slot.array(), PacketSlot.HEADROOM, IPV4_HEADER);
        header.put((byte) 0x45).put((byte) tos).putShort((short) octets);
        header.putInt(0x1234_4000).put((byte) 64).put((byte) 6).putShort((short) 0);
        header.putInt(0x0a01_0001).putInt(0x0a02_0001);
        int checksum = InternetChecksum.compute(slot.array(), PacketSlot.HEADROOM, IPV4_HEADER, 0);
        header.putShort(PacketSlot.HEADROOM + 10, (short) checksum);
        slot.range(PacketSlot.HEADROOM, octets);
        return slot;
    }

    static PacketSlot ipv6(PacketSlot slot, int octets, int trafficClass) {
        ByteBuffer header = ByteBuffer.wrap(slot.array(), PacketSlot.HEADROOM, 8);
        header.putInt(0x6000_0000 | trafficClass << 20 | 0x54321).putShort((short) (octets - 40));
        header.put((byte) 6).put((byte) 64);
        slot.range(PacketSlot.HEADROOM, octets);
        return slot;
    }
}
