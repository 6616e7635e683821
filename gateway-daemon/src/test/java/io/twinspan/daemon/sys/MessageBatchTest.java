package io.twinspan.daemon.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches over the loopback device, as the running kernel does them. */
class MessageBatchTest {
    private static final int PORT = 47_613;
    private static final int BUFFER_OCTETS = 1 << 20;
    private static final int SEGMENT = 1000;
    private static final int TOS = 0x29;

    private final InetAddress sender = address("127.0.0.1");
    private final InetAddress receiver = address("127.0.0.2");
    private OutsideSocket from;
    private OutsideSocket to;
    private SendBatch send;
    private ReceiveBatch receive;

    @BeforeEach
    void open() {
        from = OutsideSocket.udp(sender, PORT, BUFFER_OCTETS);
        to = OutsideSocket.udp(receiver, PORT, BUFFER_OCTETS);
        send = new SendBatch(8, 100_000);
        receive = new ReceiveBatch(16);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
        send.close();
        receive.close();
    }

    @Test
    void aMessageOfSeveralDatagramsArrivesAsThoseDatagrams() {
        byte[] octets = numbered(3 * SEGMENT + 200);
        assertThat(add(octets)).isTrue();
        assertThat(send.send(from.descriptor())).isEqualTo(1);
        assertThat(send.isEmpty()).isTrue();
        assertThat(receive.receive(to.descriptor())).isEqualTo(4);
        assertThat(lengths(4)).containsExactly(SEGMENT, SEGMENT, SEGMENT, 200);
        assertThat(contents(4)).isEqualTo(octets);
    }

    @Test
    void aReceiverThatAsksForItGetsThemTogetherWithTheirLengthAndTrafficClass() {
        assertThat(to.receiveTogether()).isTrue();
        byte[] octets = numbered(3 * SEGMENT + 200);
        add(octets);
        send.send(from.descriptor());
        assertThat(receive.receive(to.descriptor())).isEqualTo(1);
        assertThat(receive.length(0)).isEqualTo(octets.length);
        assertThat(receive.segmentOctets(0)).isEqualTo(SEGMENT);
        assertThat(receive.trafficClass(0)).isEqualTo(TOS);
        assertThat(receive.remotePort(0)).isEqualTo(PORT);
        assertThat(contents(1)).isEqualTo(octets);
    }

    @Test
    void aSingleDatagramIsItsOwnSegment() {
        to.receiveTogether();
        add(numbered(SEGMENT / 2));
        send.send(from.descriptor());
        assertThat(receive.receive(to.descriptor())).isEqualTo(1);
        assertThat(receive.segmentOctets(0)).isEqualTo(SEGMENT / 2);
    }

    @Test
    void aMessageTakenApartIsSentDatagramByDatagram() {
        byte[] octets = numbered(2 * SEGMENT + 1);
        add(octets);
        add(numbered(10));
        assertThat(send.firstIsSegmented()).isTrue();
        send.takeApart();
        assertThat(send.firstIsSegmented()).isFalse();
        assertThat(send.send(from.descriptor())).isEqualTo(3);
        assertThat(send.isEmpty()).isFalse();
        assertThat(send.send(from.descriptor())).isEqualTo(1);
        assertThat(receive.receive(to.descriptor())).isEqualTo(4);
        assertThat(lengths(4)).containsExactly(SEGMENT, SEGMENT, 1, 10);
    }

    @Test
    void whatTheKernelRefusesIsCountedByDatagram() {
        add(numbered(2 * SEGMENT + 1));
        assertThat(send.dropFirst()).isEqualTo(3);
        add(numbered(2 * SEGMENT + 1));
        send.takeApart();
        assertThat(send.dropFirst()).isEqualTo(1);
        assertThat(send.isEmpty()).isFalse();
        assertThat(send.dropFirst()).isEqualTo(1);
        assertThat(send.dropFirst()).isEqualTo(1);
        assertThat(send.isEmpty()).isTrue();
    }

    @Test
    void aFullBatchTakesNothing() {
        for (int i = 0; i < 8; i++) {
            assertThat(add(numbered(10))).isTrue();
        }
        assertThat(add(numbered(10))).isFalse();
        assertThat(new SendBatch(2, 100).add(SockAddr.of(receiver, PORT), 0, new byte[200], 0, 101, 101))
                .isFalse();
    }

    @Test
    void theKernelCutsNothingUnlessItIsAllowed() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                int loopback = netlink.linkIndex("lo").orElseThrow();
                netlink.setMtu(loopback, 1300);
                netlink.setUp(loopback);
            }
            try (OutsideSocket socket = OutsideSocket.udp(sender, PORT, BUFFER_OCTETS);
                    SendBatch out = new SendBatch(2, 2000);
                    ReceiveBatch in = new ReceiveBatch(2)) {
                out.add(SockAddr.of(sender, PORT), TOS, new byte[1400], 0, 1400, 1400);
                assertThat(out.send(socket.descriptor())).isEqualTo(-Errno.EMSGSIZE);
                OutsideSocket.fragments(socket.descriptor(), true, true);
                assertThat(out.send(socket.descriptor())).isEqualTo(1);
                assertThat(in.receive(socket.descriptor())).isEqualTo(1);
                assertThat(in.length(0)).isEqualTo(1400);
                assertThat(in.reassembled(0)).isTrue();
                assertThat(in.trafficClass(0)).isEqualTo(TOS);
                assertThat(in.arrivedAtNanos(0)).isZero();
                socket.noteArrival();
                out.add(SockAddr.of(sender, PORT), TOS, new byte[100], 0, 100, 100);
                out.send(socket.descriptor());
                in.receive(socket.descriptor());
                assertThat(in.reassembled(0)).isFalse();
                assertThat(in.arrivedAtNanos(0) / 1_000_000)
                        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 1);
            }
        });
    }

    @Test
    void aDatagramThatCameInPiecesIsKnownOnEverySocketAndASingleOneIsNot() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                int loopback = netlink.linkIndex("lo").orElseThrow();
                netlink.setMtu(loopback, 1300);
                netlink.setUp(loopback);
            }
            InetAddress sender6 = address("::1");
            try (OutsideSocket udp6 = OutsideSocket.udp(sender6, PORT, BUFFER_OCTETS);
                    OutsideSocket raw = OutsideSocket.rawEsp(sender, BUFFER_OCTETS);
                    OutsideSocket raw6 = OutsideSocket.rawEsp(sender6, BUFFER_OCTETS)) {
                assertThat(reassembled(udp6, SockAddr.of(sender6, PORT))).containsExactly(true, false);
                assertThat(reassembled(raw, SockAddr.of(sender, 0))).containsExactly(true, false);
                assertThat(reassembled(raw6, SockAddr.of(sender6, 0))).containsExactly(true, false);
            }
        });
    }

    /** A long message to itself, which the kernel has to cut, and a short one. */
    private static List<Boolean> reassembled(OutsideSocket socket, SockAddr itself) {
        List<Boolean> result = new ArrayList<>();
        OutsideSocket.fragments(socket.descriptor(), socket.isIpv4(), true);
        for (int octets : new int[] {1400, 200}) {
            try (SendBatch out = new SendBatch(2, 2000);
                    ReceiveBatch in = new ReceiveBatch(2)) {
                out.add(itself, TOS, new byte[octets], 0, octets, octets);
                assertThat(out.send(socket.descriptor())).isEqualTo(1);
                assertThat(in.receive(socket.descriptor())).isEqualTo(1);
                assertThat(in.length(0)).isEqualTo(octets + (socket.deliversIpHeader() ? 20 : 0));
                assertThat(in.trafficClass(0)).isEqualTo(TOS);
                result.add(in.reassembled(0));
            }
        }
        return result;
    }

    private boolean add(byte[] octets) {
        return send.add(SockAddr.of(receiver, PORT), TOS, octets, 0, octets.length, Math.min(SEGMENT, octets.length));
    }

    private List<Integer> lengths(int count) {
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(receive.length(i));
        }
        return result;
    }

    private byte[] contents(int count) {
        int total = lengths(count).stream().mapToInt(Integer::intValue).sum();
        byte[] result = new byte[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            receive.copy(i, 0, result, at, receive.length(i));
            at += receive.length(i);
        }
        return result;
    }

    private static byte[] numbered(int length) {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = (byte) (i * 31 + i / 256);
        }
        return result;
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
