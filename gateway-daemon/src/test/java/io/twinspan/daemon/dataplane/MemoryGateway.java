package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.esp.EspVerdict;
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

/** A data plane whose loops are the test's own thread and whose wires are lists. */
final class MemoryGateway {
    static final Endpoint LOCAL = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 4500);
    static final Endpoint REMOTE = new Endpoint(IpPrefix.parseAddress("198.51.100.1"), 4500);
    static final EspPath UDP_PATH = new EspPath(true, LOCAL, REMOTE);
    static final int UPLINK_MTU = 1500;

    /** ESP packets sent. */
    final List<byte[]> sent = new ArrayList<>();

    /** Packets handed to the host by the inbound path. */
    final List<byte[]> delivered = new ArrayList<>();

    /** Packets handed to the host by the outbound path: ICMP. */
    final List<byte[]> answers = new ArrayList<>();

    final List<SaEvent> events = new ArrayList<>();
    final DropCounters strangers = new DropCounters();
    final ConnectionDataPlane dataPlane;
    boolean socketFull;
    long now;

    private final InboundPath inboundPath;
    private final PacketSlot slot = new PacketSlab(1).take();

    MemoryGateway() {
        inboundPath = new InboundPath(strangers, events::add, Runnable::run);
        DataLoops loops = new DataLoops(
                Runnable::run,
                () -> now,
                Runnable::run,
                inboundPath,
                Runnable::run,
                path -> sink(),
                PacketCipherEngine.jdk(),
                TestKeys.entropy(),
                EgressPlan.of(5_000_000, 100_000_000, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS)));
        ConnectionPlan plan = new ConnectionPlan(
                "test",
                List.of(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("fd01::/16")),
                List.of(IpPrefix.parse("10.2.0.0/16"), IpPrefix.parse("fd02::/16")),
                UPLINK_MTU,
                List.of(
                        new TunnelPlan(1, address("169.254.1.2"), address("169.254.1.1")),
                        new TunnelPlan(2, address("169.254.2.2"), address("169.254.2.1"))));
        dataPlane = new ConnectionDataPlane(plan, loops, record(answers), record(delivered), new RecordingListener());
    }

    /** A socket that keeps what it is given. */
    private final class ListSink implements EspSink {
        private final byte[] array = new byte[70_000];

        @Override
        public byte[] array() {
            return array;
        }

        @Override
        public int claim(int octets) {
            return socketFull ? NO_ROOM : 0;
        }

        @Override
        public boolean isReady() {
            return !socketFull;
        }

        @Override
        public void commit(int octets, int trafficClass) {
            sent.add(Arrays.copyOf(array, octets));
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
        dataPlane.setActiveTunnel(tunnel, at -> {});
    }

    /** A packet from the TUN. */
    void out(byte[] packet) {
        System.arraycopy(packet, 0, slot.array(), PacketSlot.HEADROOM, packet.length);
        slot.range(PacketSlot.HEADROOM, packet.length);
        dataPlane.outboundPath().accept(slot, now);
    }

    /** An ESP packet from the network. */
    void in(byte[] packet, Endpoint from) {
        System.arraycopy(packet, 0, slot.array(), PacketSlot.HEADROOM, packet.length);
        slot.range(PacketSlot.HEADROOM, packet.length);
        IpAddressKey key = IpAddressKey.of(from.address());
        slot.source(true, key.high(), key.low(), from.port(), 0);
        inboundPath.accept(slot, LOCAL, now);
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
