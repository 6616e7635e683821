package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.dataplane.TestKeys;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.sys.TunDevice;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fragments of ESP from outside are the kernel's to put together, before they reach the UDP and the raw socket: these tests
 * hold it to what the gateway relies on. What arrives whole is seen as an unknown SPI.
 */
class OuterFragmentsTest {
    private static final InetAddress STRANGER = IpPrefix.parseAddress("198.51.100.77");
    private static final int UDP = 17;
    private static final int ESP = 50;
    private static final int MORE = 0x2000;
    private static final int NAT_TRAVERSAL = 4500;
    private static final int SPI = 1001;
    /** What the kernel has by default. */
    private static final int KERNEL_CAP = 4 << 20;

    private static final int FLOOD = 100_000;
    private static final Duration SOON = Duration.ofSeconds(5);

    private int identification = 1;

    @FunctionalInterface
    private interface Body {
        void run(TestGateway gateway, TunDevice wire) throws Exception;
    }

    private static void withGateway(Body body) throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (TestGateway gateway = new TestGateway(1)) {
                TunDevice wire = gateway.network.call(() -> TunDevice.open("wire0", false));
                try {
                    gateway.network.address("wire0", gateway.outside, 32);
                    gateway.network.command("ip", "route", "add", "198.51.100.0/24", "dev", "wire0");
                    gateway.openOutside();
                    body.run(gateway, wire);
                } finally {
                    wire.close();
                }
            }
        });
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(ints = {UDP, ESP})
    void d8_fragmentsInAnyOrderArriveAsOneDatagram(int protocol) throws Exception {
        withGateway((gateway, wire) -> {
            byte[] payload = payload(protocol, 3_000);
            List<byte[]> inOrder = fragments(gateway, protocol, payload, 1_000);
            inject(wire, inOrder);
            awaitDatagrams(gateway, 1);
            List<byte[]> reversed = fragments(gateway, protocol, payload, 1_000);
            Collections.reverse(reversed);
            inject(wire, reversed);
            awaitDatagrams(gateway, 2);
        });
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(ints = {UDP, ESP})
    void anAuthenticPacketThatCameInPiecesIsCountedForItsTunnel(int protocol) throws Exception {
        withGateway((gateway, wire) -> {
            int port = protocol == UDP ? NAT_TRAVERSAL : 0;
            EspPath path =
                    new EspPath(protocol == UDP, new Endpoint(gateway.outside, port), new Endpoint(STRANGER, port));
            CompletableFuture<Boolean> installed = new CompletableFuture<>();
            gateway.onControl(() ->
                    gateway.dataPlane.installInbound(1, TestKeys.aead(SPI), path, () -> installed.complete(true)));
            assertThat(installed.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            OutboundSa peer = new OutboundSa(TestKeys.aead(SPI), PacketCipherEngine.jdk(), TestKeys.entropy());
            inject(wire, fragments(gateway, protocol, sealed(peer, protocol, gateway.host), 400));
            inject(wire, fragments(gateway, protocol, sealed(peer, protocol, gateway.host), 1_400));
            TunnelCounters counters = gateway.dataPlane.counters(1);
            await().atMost(SOON).until(() -> counters.packetsIn() == 2);
            assertThat(counters.sizes().fragmentsReassembled()).isEqualTo(1);
        });
    }

    /** An ESP packet from a host behind the peer, in UDP where wanted. */
    private static byte[] sealed(OutboundSa peer, int protocol, InetAddress target) {
        byte[] room = new byte[1_600];
        int at = 100;
        ByteBuffer inner = ByteBuffer.wrap(room, at, 1_000);
        inner.putShort((short) 0x4500).putShort((short) 1_000).putInt(0).put((byte) 64);
        inner.put((byte) UDP).putShort((short) 0);
        inner.put(IpPrefix.parseAddress("10.2.0.9").getAddress()).put(target.getAddress());
        inner.putShort(at + 10, (short) InternetChecksum.compute(room, at, 20, 0));
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        assertThat(encapsulator.seal(peer, room, at, 1_000)).isEqualTo(EspVerdict.OK);
        int from = encapsulator.resultOffset();
        int length = encapsulator.resultLength();
        int header = protocol == UDP ? 8 : 0;
        ByteBuffer payload = ByteBuffer.allocate(header + length);
        if (protocol == UDP) {
            payload.putShort((short) NAT_TRAVERSAL).putShort((short) NAT_TRAVERSAL);
            payload.putShort((short) payload.capacity()).putShort((short) 0);
        }
        return payload.put(room, from, length).array();
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(ints = {UDP, ESP})
    void d8_overlapsTeardropsAndWhatEndsBeyondTheLongestDatagramNeverArrive(int protocol) throws Exception {
        withGateway((gateway, wire) -> {
            byte[] payload = payload(protocol, 1_600);
            // Overlap: the second fragment begins inside the first and says something else.
            identification++;
            inject(
                    wire,
                    List.of(
                            fragment(gateway, protocol, 0, MORE, payload, 0, 1_000),
                            fragment(gateway, protocol, 504, MORE, payload, 8, 600),
                            fragment(gateway, protocol, 1_000, 0, payload, 1_000, 600)));
            // Teardrop: the second lies within the first.
            identification++;
            inject(
                    wire,
                    List.of(
                            fragment(gateway, protocol, 0, MORE, payload, 0, 800),
                            fragment(gateway, protocol, 80, 0, payload, 80, 8)));
            // Ping of death: ends past 65,535.
            identification++;
            inject(
                    wire,
                    List.of(
                            fragment(gateway, protocol, 0, MORE, payload, 0, 1_600),
                            fragment(gateway, protocol, 65_528, 0, payload, 0, 1_600)));
            // A good one behind them shows that the bad ones are through.
            inject(wire, fragments(gateway, protocol, payload, 800));
            awaitDatagrams(gateway, 1);
            assertThat(datagrams(gateway)).isEqualTo(1);
        });
    }

    @Test
    void d8_aFloodOfUnfinishedDatagramsStaysWithinTheKernelsCapAndWholeEspPasses() throws Exception {
        withGateway((gateway, wire) -> {
            gateway.network.sysctl("net/ipv4/ipfrag_high_thresh", Integer.toString(KERNEL_CAP));
            gateway.network.sysctl("net/ipv4/ipfrag_time", "1");
            byte[] payload = payload(ESP, 1_600);
            long memoryBefore = usedMemory();
            for (int i = 0; i < FLOOD; i++) {
                identification = i & 0xffff;
                inject(wire, List.of(fragment(gateway, ESP, 0, MORE, payload, 0, 800)));
            }
            assertThat(fragmentMemory(gateway)).isPositive().isLessThanOrEqualTo(KERNEL_CAP + (1 << 16));
            inject(wire, List.of(fragment(gateway, ESP, 0, 0, payload, 0, 1_400)));
            awaitDatagrams(gateway, 1);
            // Fragments have room again as soon as the unfinished ones have timed out.
            await().atMost(SOON).until(() -> fragmentMemory(gateway) == 0);
            identification = 7;
            inject(wire, fragments(gateway, ESP, payload, 800));
            awaitDatagrams(gateway, 2);
            assertThat(usedMemory() - memoryBefore).isLessThan(64L << 20);
        });
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long fragmentMemory(TestGateway gateway) throws Exception {
        String line = gateway.network.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/sockstat")).stream()
                .filter(it -> it.startsWith("FRAG:"))
                .findFirst()
                .orElseThrow());
        return Long.parseLong(line.replaceAll(".* memory ", "").strip());
    }

    private static void inject(TunDevice wire, List<byte[]> packets) {
        for (byte[] packet : packets) {
            wire.write(packet, 0, packet.length);
        }
    }

    private static long datagrams(TestGateway gateway) {
        return gateway.io.drops().getOrDefault("UNKNOWN_SPI", 0L);
    }

    private static void awaitDatagrams(TestGateway gateway, long count) {
        await().atMost(SOON).until(() -> datagrams(gateway) >= count);
        assertThat(datagrams(gateway)).isEqualTo(count);
    }

    /** ESP of an SA that nobody has, in UDP where wanted. */
    private static byte[] payload(int protocol, int octets) {
        ByteBuffer payload = ByteBuffer.allocate(octets);
        if (protocol == UDP) {
            payload.putShort((short) 4500)
                    .putShort((short) 4500)
                    .putShort((short) octets)
                    .putShort((short) 0);
        }
        payload.putInt(0x0bad_cafe).putInt(1);
        return payload.array();
    }

    private List<byte[]> fragments(TestGateway gateway, int protocol, byte[] payload, int size) {
        identification++;
        List<byte[]> fragments = new ArrayList<>();
        for (int from = 0; from < payload.length; from += size) {
            int length = Math.min(size, payload.length - from);
            int more = from + length < payload.length ? MORE : 0;
            fragments.add(fragment(gateway, protocol, from, more, payload, from, length));
        }
        return fragments;
    }

    private byte[] fragment(
            TestGateway gateway, int protocol, int place, int more, byte[] payload, int from, int length) {
        ByteBuffer packet = ByteBuffer.allocate(20 + length);
        packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putShort((short) identification);
        packet.putShort((short) (place / 8 | more))
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0);
        packet.put(STRANGER.getAddress()).put(gateway.outside.getAddress()).put(payload, from, length);
        packet.putShort(10, (short) InternetChecksum.compute(packet.array(), 0, 20, 0));
        return packet.array();
    }
}
