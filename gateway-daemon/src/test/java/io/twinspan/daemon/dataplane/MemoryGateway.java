package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspDecapsulator;
import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.queue.Pacer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A data plane whose loops are the test's own thread and whose wires are lists. */
final class MemoryGateway {
    static final Endpoint LOCAL = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 4500);
    static final Endpoint REMOTE = new Endpoint(IpPrefix.parseAddress("198.51.100.1"), 4500);
    static final EspPath UDP_PATH = new EspPath(true, LOCAL, REMOTE);
    static final int UPLINK_MTU = 1500;

    /** ESP packets sent. */
    final List<byte[]> sent = new ArrayList<>();

    /** TOS or traffic class octets of their outer headers. */
    final List<Integer> outerTos = new ArrayList<>();

    /** Packets handed to the host by the inbound path. */
    final List<byte[]> delivered = new ArrayList<>();

    /** The same with their virtio headers. */
    final List<byte[]> writes = new ArrayList<>();

    /** Packets handed to the host by the outbound path: ICMP. */
    final List<byte[]> answers = new ArrayList<>();

    /** What became of probes, and the first packets after a switch. */
    final List<SaEvent> probes = new ArrayList<>();

    final List<SaEvent> events = new ArrayList<>();
    final DropCounters strangers = new DropCounters();
    final ConnectionDataPlane dataPlane;
    boolean socketFull;

    /** Packets the socket takes before it is full. */
    int socketRoom = Integer.MAX_VALUE;

    /** Whether the TUN takes what the inbound path writes. */
    boolean tunWorks = true;

    long now;

    private final NavigableMap<Long, List<Runnable>> timers = new TreeMap<>();

    private final InboundPath inboundPath;
    private final PacketSlot slot = new PacketSlab(1).take();

    MemoryGateway() {
        this(true);
    }

    MemoryGateway(boolean offloads) {
        this(offloads, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS));
    }

    MemoryGateway(boolean offloads, Supplier<Pacer> pacers) {
        this(offloads, pacers, DfPolicy.CLEAR);
    }

    /** With another policy for packets with DF. */
    static MemoryGateway with(DfPolicy df) {
        return new MemoryGateway(true, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS), df);
    }

    private MemoryGateway(boolean offloads, Supplier<Pacer> pacers, DfPolicy df) {
        this(offloads, pacers, df, NumberBook.IN_PROCESS);
    }

    /** With sequence numbers that outlive it. */
    static MemoryGateway with(NumberBook numbers) {
        return new MemoryGateway(true, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS), DfPolicy.CLEAR, numbers);
    }

    private MemoryGateway(boolean offloads, Supplier<Pacer> pacers, DfPolicy df, NumberBook numbers) {
        inboundPath = new InboundPath(strangers, events::add, Runnable::run);
        DataLoops loops = new DataLoops(
                Runnable::run,
                () -> now,
                Runnable::run,
                inboundPath,
                Runnable::run,
                Runnable::run,
                path -> sink(),
                PacketCipherEngine.jdk(),
                TestKeys.entropy(),
                EgressPlan.of(5_000_000, 100_000_000, pacers),
                new ManualTimer(),
                new ManualTimer(),
                numbers);
        ConnectionPlan plan = new ConnectionPlan(
                "test",
                List.of(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("fd01::/16")),
                List.of(IpPrefix.parse("10.2.0.0/16"), IpPrefix.parse("fd02::/16")),
                UPLINK_MTU,
                df,
                List.of(
                        new TunnelPlan(1, address("169.254.1.2"), address("169.254.1.1")),
                        new TunnelPlan(2, address("169.254.2.2"), address("169.254.2.1"))));
        dataPlane =
                new ConnectionDataPlane(plan, loops, record(answers), new HostTun(offloads), new RecordingListener());
    }

    /** Moves the time on and runs what is due, in order. */
    void advance(long nanos) {
        long end = now + nanos;
        while (!timers.isEmpty() && timers.firstKey() <= end) {
            now = Math.max(now, timers.firstKey());
            timers.pollFirstEntry().getValue().forEach(Runnable::run);
        }
        now = end;
    }

    private final class ManualTimer implements LoopTimer {
        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public void after(long delayNanos, Runnable task) {
            timers.computeIfAbsent(now + delayNanos, _ -> new ArrayList<>()).add(task);
        }
    }

    /** A socket that keeps what it is given. */
    private final class ListSink implements EspSink {
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
            return socketFull || sent.size() >= socketRoom ? NO_ROOM : 0;
        }

        @Override
        public boolean isReady() {
            return !socketFull && sent.size() < socketRoom;
        }

        @Override
        public void commit(int octets, int trafficClass) {
            sent.add(Arrays.copyOf(array, octets));
            outerTos.add(trafficClass);
        }
    }

    /** A socket of the outbound path; what goes through it is {@link #sent}. */
    EspSink sink() {
        return new ListSink();
    }

    private static TunSink record(List<byte[]> list) {
        return (array, from, length) ->
                list.add(Arrays.copyOfRange(array, from + VirtioNetHeader.OCTETS, from + length));
    }

    /** The TUN device the inbound path writes to. */
    private final class HostTun implements TunSink {
        private final boolean offloads;

        HostTun(boolean offloads) {
            this.offloads = offloads;
        }

        @Override
        public boolean write(byte[] array, int from, int length) {
            if (tunWorks) {
                writes.add(Arrays.copyOfRange(array, from, from + length));
                delivered.add(Arrays.copyOfRange(array, from + VirtioNetHeader.OCTETS, from + length));
            }
            return tunWorks;
        }

        @Override
        public boolean takesSuperPackets() {
            return offloads;
        }
    }

    /** Both halves of a child SA in use, with one SPI for both directions: what is sent can be received again. */
    void child(int tunnel, int spi) {
        child(tunnel, TestKeys.aead(spi));
    }

    void child(int tunnel, EspSaParameters parameters) {
        dataPlane.installInbound(tunnel, parameters, UDP_PATH, () -> {});
        dataPlane.installOutbound(tunnel, parameters.spi(), parameters, UDP_PATH);
        dataPlane.switchOutbound(tunnel, parameters.spi());
    }

    void activate(int tunnel) {
        dataPlane.setForwarding(Forwarding.to(tunnel), at -> {});
    }

    /** What senders are to be told of their packets' size. */
    List<SaEvent.TooBig> tooBig() {
        return events.stream()
                .filter(SaEvent.TooBig.class::isInstance)
                .map(SaEvent.TooBig.class::cast)
                .toList();
    }

    /** A packet from the TUN. */
    void out(byte[] packet) {
        byte[] withHeader = new byte[VirtioNetHeader.OCTETS + packet.length];
        System.arraycopy(packet, 0, withHeader, VirtioNetHeader.OCTETS, packet.length);
        outWithHeader(withHeader, 0);
    }

    /** A packet from the TUN with its virtio header, of which queue management took the first segments. */
    void outWithHeader(byte[] octets, int segmentsToSkip) {
        load(slot, octets);
        slot.skipSegments(segmentsToSkip);
        dataPlane.outboundPath().accept(slot, now);
    }

    /** Puts a packet where the TUN's reader would, its virtio header in front. */
    static void load(PacketSlot slot, byte[] octets) {
        System.arraycopy(octets, 0, slot.array(), PacketSlot.HEADROOM - VirtioNetHeader.OCTETS, octets.length);
        slot.range(PacketSlot.HEADROOM, octets.length - VirtioNetHeader.OCTETS);
    }

    /** The inner packets of everything sent on an SA, as its peer opens them. */
    List<byte[]> opened(int spi) {
        InboundSa sa = new InboundSa(TestKeys.aead(spi), PacketCipherEngine.jdk());
        EspDecapsulator decapsulator = new EspDecapsulator();
        List<byte[]> inner = new ArrayList<>();
        for (byte[] esp : sent) {
            byte[] octets = esp.clone();
            EspVerdict verdict = decapsulator.open(sa, octets, 0, octets.length, EspDecapsulator.UNKNOWN_TOS);
            if (verdict != EspVerdict.OK || sa.highestSequence() != inner.size() + 1) {
                throw new IllegalStateException(verdict + " at " + sa.highestSequence());
            }
            int from = decapsulator.resultOffset();
            inner.add(Arrays.copyOfRange(octets, from, from + decapsulator.resultLength()));
        }
        return inner;
    }

    /** An ESP packet from the network. */
    void in(byte[] packet, Endpoint from) {
        inWithoutEnd(packet, from);
        inboundPath.endOfBatch();
    }

    /** An ESP packet from the network that came in fragments, or did not. */
    void inPieces(byte[] packet, Endpoint from, boolean pieces) {
        slot.reassembled(pieces);
        in(packet, from);
    }

    /** An ESP packet from the network with more behind it in the same batch. */
    void inWithoutEnd(byte[] packet, Endpoint from) {
        System.arraycopy(packet, 0, slot.array(), PacketSlot.HEADROOM, packet.length);
        slot.range(PacketSlot.HEADROOM, packet.length);
        IpAddressKey key = IpAddressKey.of(from.address());
        slot.source(true, key.high(), key.low(), from.port(), 0);
        inboundPath.accept(slot, LOCAL, now);
    }

    /** The end of a batch of packets from the network. */
    void endOfBatch() {
        inboundPath.endOfBatch();
    }

    /** An ESP packet as the peer of a tunnel makes it, around an inner packet. */
    byte[] sealedByPeer(int spi, byte[] inner) {
        return sealedByPeer(new OutboundSa(TestKeys.aead(spi), PacketCipherEngine.jdk(), TestKeys.entropy()), inner);
    }

    static byte[] sealedByPeer(OutboundSa sa, byte[] inner) {
        byte[] room = new byte[inner.length + 256];
        System.arraycopy(inner, 0, room, 100, inner.length);
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        if (encapsulator.seal(sa, room, 100, inner.length) != EspVerdict.OK) {
            throw new IllegalStateException("the test's own packet was not sealed");
        }
        return Arrays.copyOfRange(
                room, encapsulator.resultOffset(), encapsulator.resultOffset() + encapsulator.resultLength());
    }

    static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    private final class RecordingListener implements DataPlaneListener {
        @Override
        public void probeSent(ProbeKind kind, int sequence, int tunnel, long atNanos) {
            probes.add(new SaEvent.ProbeSent(kind, sequence, tunnel, atNanos));
        }

        @Override
        public void probeAnswered(
                ProbeKind kind, int sequence, int tunnel, int innerOctets, long sentNanos, long atNanos) {
            probes.add(new SaEvent.ProbeAnswered(kind, sequence, tunnel, innerOctets, sentNanos, atNanos));
        }

        @Override
        public void firstForwarded(int tunnel, long atNanos) {
            probes.add(new SaEvent.FirstForwarded(tunnel, atNanos));
        }

        @Override
        public void tooBig(int tunnel, InetAddress sender, byte[] message) {
            events.add(new SaEvent.TooBig(tunnel, sender, message));
        }

        @Override
        public void firstAuthenticated(int tunnel, int inboundSpi, long atNanos) {
            events.add(new SaEvent.FirstAuthenticated(tunnel, inboundSpi, atNanos));
        }

        @Override
        public void nearlyExhausted(int tunnel, int inboundSpi) {
            events.add(new SaEvent.NearlyExhausted(tunnel, inboundSpi));
        }

        @Override
        public void peerMoved(int tunnel, int inboundSpi, Endpoint remote) {
            events.add(new SaEvent.PeerMoved(tunnel, inboundSpi, remote));
        }

        @Override
        public void unknownSpi(Endpoint local, Endpoint remote, int spi) {
            events.add(new SaEvent.UnknownSpi(local, remote, spi));
        }
    }
}
