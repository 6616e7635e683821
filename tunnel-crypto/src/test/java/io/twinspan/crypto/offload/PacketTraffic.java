package io.twinspan.crypto.offload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Several flows as a tunnel delivers them: mostly in order, and now and then with everything that can go wrong. */
final class PacketTraffic {
    private static final int[] SIZES = {1, 7, 100, 536, 1000, 1348, 1400};

    private final Random random;
    private final PacketSketch[] flows;

    PacketTraffic(Random random) {
        this.random = random;
        flows = new PacketSketch[random.nextInt(1, 24)];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = newFlow(i);
        }
    }

    private PacketSketch newFlow(int number) {
        PacketSketch flow = new PacketSketch();
        flow.v6 = random.nextBoolean();
        flow.udp = random.nextInt(3) == 0;
        flow.source = random.nextInt(1, 3);
        flow.destination = random.nextInt(1, 3);
        flow.sourcePort = 1000 + number;
        flow.fragmentWord = random.nextBoolean() ? PacketSketch.DF : 0;
        flow.sequence = random.nextInt(3) == 0 ? -2000 : random.nextInt();
        flow.identification = random.nextInt(3) == 0 ? 0xfff0 : random.nextInt(0x10000);
        flow.tcpOptions = SketchArbitraries.octets(random, 12 * random.nextInt(2));
        return flow.payload(SIZES[random.nextInt(SIZES.length)]);
    }

    /** One of the flows, as it begins. */
    PacketSketch sketch() {
        return flows[0].copy();
    }

    List<byte[]> packets(int count) {
        List<byte[]> packets = new ArrayList<>();
        int flow = 0;
        for (int i = 0; i < count; i++) {
            flow = random.nextInt(3) == 0 ? random.nextInt(flows.length) : flow;
            packets.add(next(flow));
            if (random.nextInt(30) == 0 && i > 3) {
                packets.add(packets.remove(packets.size() - random.nextInt(2, 4)));
            }
        }
        return packets;
    }

    private byte[] next(int flow) {
        PacketSketch sketch = flows[flow];
        byte[] packet = random.nextInt(6) == 0 ? oddly(sketch) : sketch.octets();
        flows[flow] = sketch.next();
        return packet;
    }

    private byte[] oddly(PacketSketch sketch) {
        int kind = random.nextInt(28);
        if (kind < 5) {
            byte[] packet = sketch.octets();
            spoil(packet, sketch, kind);
            return packet;
        }
        changeForGood(sketch, kind);
        PacketSketch once = sketch.copy();
        changeOnce(once, kind);
        return once.octets();
    }

    private void spoil(byte[] packet, PacketSketch sketch, int kind) {
        switch (kind) {
            case 0 -> packet[packet.length - 1] ^= 1;
            case 1 -> packet[sketch.v6 ? 6 : 9] = 1;
            case 2 -> packet[sketch.v6 ? 5 : 11] ^= 1;
            case 3 -> {
                packet[sketch.checksumAt()] = 0;
                packet[sketch.checksumAt() + 1] = 0;
            }
            default -> packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** What a sender does to all packets from here on. */
    private void changeForGood(PacketSketch sketch, int kind) {
        switch (kind) {
            case 5 -> sketch.acknowledgment += 1448;
            case 6 -> sketch.window += 3;
            case 7 -> sketch.trafficClass ^= random.nextInt(4);
            case 8 -> sketch.identification = random.nextInt(0x10000);
            case 9 -> sketch.flowLabel = random.nextInt(1 << 20);
            case 10 -> sketch.timeToLive--;
            case 11 -> sketch.tcpOptions = SketchArbitraries.octets(random, 4 * random.nextInt(11));
            case 12 -> sketch.payload(SIZES[random.nextInt(SIZES.length)]);
            case 13 -> sketch.sequence += sketch.payload.length;
            case 14 -> sketch.sequence -= 2 * sketch.payload.length;
            case 15 -> sketch.flags ^= PacketSketch.ECE;
            default -> {}
        }
    }

    private void changeOnce(PacketSketch once, int kind) {
        switch (kind) {
            case 16 -> once.flags |= PacketSketch.PSH;
            case 17 -> once.flags |= PacketSketch.FIN;
            case 18 -> once.flags = random.nextInt(256);
            case 19 -> once.payload(0);
            case 20 -> once.payload(random.nextInt(1, once.payload.length + 2));
            case 21 -> once.fragmentWord = random.nextInt(0x10000);
            case 22 -> once.fragmentWord ^= PacketSketch.DF;
            case 23 -> once.ipOptions = SketchArbitraries.octets(random, 4 * random.nextInt(11));
            case 24 -> once.extensionHeaders = 1;
            case 25 -> once.urgentPointer = 5;
            case 26 -> once.reserved = random.nextInt(16);
            default -> once.payload = SketchArbitraries.octets(random, random.nextInt(3000));
        }
    }
}
