package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspDecapsulator;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.queue.Pacer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An outbound path with a sealing crew, on the test's thread, and a peer that opens everything with real SAs. Every inner
 * packet carries a number; the numbers count up in the order in which packets are given to the path.
 */
public final class CrewRig {
    /** Octets of a number. */
    private static final int ID_OCTETS = 4;

    private static final int HEADERS = 28;

    /** Everything the peer opened, in order, by SPI. */
    final Map<Integer, List<Integer>> opened = new HashMap<>();

    /** What went over the wire, by SPI: a number that depends on every octet and on the order. */
    final Map<Integer, Integer> digests = new HashMap<>();

    final List<byte[]> answers = new ArrayList<>();
    final ConnectionDataPlane dataPlane;
    final SealingCrew crew;
    boolean socketReady = true;

    private final PacketSlab slots;
    private final Map<Integer, InboundSa> peers = new HashMap<>();
    private final Map<Integer, List<Integer>> children = new HashMap<>();
    private final Map<Integer, Long> lastSequences = new HashMap<>();
    private final EspDecapsulator decapsulator = new EspDecapsulator();
    private int nextId;

    /** A connection with two tunnels and so many sealing workers. */
    public CrewRig(int workers) {
        EgressPlan egress =
                EgressPlan.of(5_000_000, 100_000_000, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS), workers);
        crew = egress.crew();
        slots = egress.slots();
        DataLoops loops = new DataLoops(
                Runnable::run,
                () -> 0,
                Runnable::run,
                new InboundPath(new DropCounters(), _ -> {}, Runnable::run),
                Runnable::run,
                Runnable::run,
                _ -> new Peer(),
                PacketCipherEngine.jdk(),
                TestKeys.entropy(),
                egress);
        ConnectionPlan plan = new ConnectionPlan(
                "test",
                List.of(IpPrefix.parse("10.1.0.0/16")),
                List.of(IpPrefix.parse("10.2.0.0/16")),
                MemoryGateway.UPLINK_MTU,
                List.of(
                        new TunnelPlan(1, address("169.254.1.2"), address("169.254.1.1")),
                        new TunnelPlan(2, address("169.254.2.2"), address("169.254.2.1"))));
        TunSink tun = (array, from, length) -> answers.add(new byte[length]);
        dataPlane = new ConnectionDataPlane(plan, loops, tun, tun, new Nobody());
    }

    /** The crew beside the path. */
    public SealingCrew crew() {
        return crew;
    }

    /** How many inner packets were given to the path. */
    public int given() {
        return nextId;
    }

    /** How many packets the peer opened. */
    public int openedCount() {
        return opened.values().stream().mapToInt(List::size).sum();
    }

    /** Makes a child SA and sends on it. */
    public void child(int tunnel, int spi) {
        children.computeIfAbsent(tunnel, _ -> new ArrayList<>()).add(spi);
        peers.put(spi, new InboundSa(TestKeys.aead(spi), PacketCipherEngine.jdk()));
        dataPlane.installOutbound(tunnel, spi, TestKeys.aead(spi), MemoryGateway.UDP_PATH);
        dataPlane.switchOutbound(tunnel, spi);
    }

    /** Removes a tunnel's child SAs but one, whatever of theirs is under way. */
    public void removeAllBut(int tunnel, int spi) {
        List<Integer> known = children.getOrDefault(tunnel, List.of());
        known.stream().filter(other -> other != spi).forEach(other -> dataPlane.removeChild(tunnel, other));
        known.removeIf(other -> other != spi);
    }

    /** Sends what is protected through a tunnel. */
    public void activate(int tunnel) {
        dataPlane.setForwarding(Forwarding.to(tunnel), _ -> {});
    }

    /**
     * Gives the path a packet of so many UDP segments; false where it has no room now.
     *
     * @param segmentOctets payload octets of each
     * @param skipped how many of the first queue management has dropped
     */
    public boolean send(String destination, int segments, int segmentOctets, int skipped) {
        if (!dataPlane.outboundPath().hasRoom(0)) {
            return false;
        }
        PacketSlot slot = slots.take();
        write(slot, destination, segments, segmentOctets);
        slot.skipSegments(skipped);
        if (dataPlane.outboundPath().accept(slot, 0)) {
            slots.give(slot);
        }
        return true;
    }

    private void write(PacketSlot slot, String destination, int segments, int segmentOctets) {
        int length = HEADERS + segments * segmentOctets;
        byte[] array = slot.array();
        byte[] header = TestPackets.udp("10.1.0.9", destination, length, false);
        System.arraycopy(header, 0, array, PacketSlot.HEADROOM, length);
        ByteBuffer packet = ByteBuffer.wrap(array, PacketSlot.HEADROOM, length).slice();
        packet.putShort(24, (short) (length - 20));
        for (int i = 0; i < segments; i++) {
            packet.putInt(HEADERS + i * segmentOctets, nextId++);
        }
        slot.range(PacketSlot.HEADROOM, length);
        slot.superPacket(segments > 1);
        int virtio = PacketSlot.HEADROOM - VirtioNetHeader.OCTETS;
        VirtioNetHeader.writeNone(array, virtio);
        if (segments > 1) {
            int pseudo = InternetChecksum.compute(array, PacketSlot.HEADROOM + 12, 8, 17 + length - 20);
            packet.putShort(26, (short) ~pseudo);
            VirtioNetHeader.write(
                    array,
                    virtio,
                    VirtioNetHeader.NEEDS_CSUM,
                    VirtioNetHeader.GSO_UDP_L4,
                    HEADERS,
                    segmentOctets,
                    20,
                    6);
        }
    }

    /** Slots that nobody has given back. */
    public int slotsOut() {
        return EgressPlan.SLOTS - slots.available();
    }

    /** Where the sealed packets arrive: at a peer that opens them, whose window must never refuse one. */
    private final class Peer implements EspSink {
        @Override
        public void flush() {}

        @Override
        public boolean unfragmented(boolean wanted) {
            return true;
        }

        private final byte[] array = new byte[70_000];

        @Override
        public byte[] array() {
            return array;
        }

        @Override
        public int claim(int octets) {
            return 0;
        }

        @Override
        public boolean isReady() {
            return socketReady;
        }

        @Override
        public void commit(int octets, int trafficClass) {
            ByteBuffer esp = ByteBuffer.wrap(array);
            int spi = esp.getInt(0);
            long sequence = Integer.toUnsignedLong(esp.getInt(4));
            InboundSa sa = peers.get(spi);
            if (sa == null || lastSequences.getOrDefault(spi, 0L) >= sequence) {
                throw new AssertionError("sequence number " + sequence + " came late on SPI " + spi);
            }
            lastSequences.put(spi, sequence);
            int octetsOfIt = Arrays.hashCode(Arrays.copyOf(array, octets));
            digests.merge(spi, octetsOfIt, (before, now) -> 31 * before + now);
            EspVerdict verdict = decapsulator.open(sa, array, 0, octets, 0);
            if (verdict != EspVerdict.OK) {
                throw new AssertionError("the peer refused sequence number " + sequence + ": " + verdict);
            }
            // Of a fragmented packet only the first piece has a number.
            boolean later = (esp.getShort(decapsulator.resultOffset() + 6) & 0x1fff) != 0;
            if (!later && decapsulator.resultLength() >= HEADERS + ID_OCTETS) {
                opened.computeIfAbsent(spi, _ -> new ArrayList<>())
                        .add(esp.getInt(decapsulator.resultOffset() + HEADERS));
            }
        }
    }

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    /** Hears nothing. */
    private static final class Nobody implements DataPlaneListener {
        @Override
        public void firstAuthenticated(int tunnel, int inboundSpi, long atNanos) {}

        @Override
        public void nearlyExhausted(int tunnel, int inboundSpi) {}

        @Override
        public void peerMoved(int tunnel, int inboundSpi, Endpoint remote) {}

        @Override
        public void unknownSpi(Endpoint local, Endpoint remote, int spi) {}
    }
}
