package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.sys.OutsideSocket;
import io.twinspan.daemon.sys.ReceiveBatch;
import io.twinspan.daemon.sys.SendBatch;
import io.twinspan.daemon.sys.SockAddr;
import io.twinspan.daemon.sys.UnsummedSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over the loopback device, which passes on whole what one message carried: what arrives together was sent together. */
class EspBurstTest {
    private static final int PORT = 47_621;
    private static final int BUFFER_OCTETS = 4 << 20;
    private static final int SEGMENT = 1000;

    private record Arrived(int length, int segment, int tos) {}

    private final InetAddress receiver = IpPrefix.parseAddress("127.0.0.2");
    private OutsideSocket from;
    private OutsideSocket to;
    private Transmitter transmitter;
    private ReceiveBatch receive;
    private EspSink sink;
    private EspBurst burst;
    private int refused;
    private byte next;
    private final List<Byte> marks = new ArrayList<>();

    @BeforeEach
    void open() {
        from = OutsideSocket.udp(IpPrefix.parseAddress("127.0.0.1"), PORT, BUFFER_OCTETS);
        to = OutsideSocket.udp(receiver, PORT, BUFFER_OCTETS);
        assertThat(to.receiveTogether()).isTrue();
        transmitter = new Transmitter(
                from.descriptor().retain(), "test", EspBurst.MAX_RUNS, EspBurst.OCTETS, count -> refused += count);
        receive = new ReceiveBatch(16);
        begin(true);
    }

    @AfterEach
    void close() {
        transmitter.closed();
        from.close();
        to.close();
        receive.close();
    }

    private void begin(boolean segmentation) {
        burst = new EspBurst(transmitter, true, segmentation);
        sink = burst.sinkTo(SockAddr.of(receiver, PORT));
    }

    private void add(EspSink target, int length, int tos) {
        int at = target.claim(length);
        assertThat(at).isNotEqualTo(EspSink.NO_ROOM);
        Arrays.fill(target.array(), at, at + length, next++);
        target.commit(length, tos);
    }

    private void add(int count, int length) {
        for (int i = 0; i < count; i++) {
            add(sink, length, 0);
        }
    }

    /** What arrived so far; each datagram's first octet says in which order it was built. */
    private List<Arrived> arrived() {
        List<Arrived> result = new ArrayList<>();
        for (int count = receive.receive(to.descriptor()); count > 0; count = receive.receive(to.descriptor())) {
            for (int i = 0; i < count; i++) {
                int segment = receive.segmentOctets(i);
                result.add(new Arrived(receive.length(i), segment, receive.trafficClass(i)));
                for (int at = 0; at < receive.length(i); at += segment) {
                    int last = Math.min(at + segment, receive.length(i)) - 1;
                    assertThat(receive.octet(i, last)).isEqualTo(receive.octet(i, at));
                    marks.add(receive.octet(i, at));
                }
            }
        }
        return result;
    }

    private void assertAllInOrder(int count) {
        assertThat(marks).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(marks.get(i)).isEqualTo((byte) i);
        }
        assertThat(refused).isZero();
    }

    @Test
    void packetsOfOneLengthTravelAsOneMessage() {
        add(10, SEGMENT);
        burst.flush();
        assertThat(arrived()).containsExactly(new Arrived(10 * SEGMENT, SEGMENT, 0));
        assertAllInOrder(10);
    }

    @Test
    void nothingLeavesBeforeTheFlushAndNothingTwice() {
        add(2, SEGMENT);
        assertThat(arrived()).isEmpty();
        burst.flush();
        burst.flush();
        assertThat(arrived()).hasSize(1);
        assertAllInOrder(2);
    }

    @Test
    void aShorterPacketEndsItsRunAndALongerOneBeginsAnother() {
        add(3, SEGMENT);
        add(1, 400);
        add(1, 400);
        add(2, SEGMENT);
        burst.flush();
        assertThat(arrived())
                .containsExactly(
                        new Arrived(3 * SEGMENT + 400, SEGMENT, 0),
                        new Arrived(400, 400, 0),
                        new Arrived(2 * SEGMENT, SEGMENT, 0));
        assertAllInOrder(7);
    }

    @Test
    void anotherTypeOfServiceBeginsAnotherRun() {
        add(sink, SEGMENT, 1);
        add(sink, SEGMENT, 1);
        add(sink, SEGMENT, 3);
        burst.flush();
        assertThat(arrived()).containsExactly(new Arrived(2 * SEGMENT, SEGMENT, 1), new Arrived(SEGMENT, SEGMENT, 3));
        assertAllInOrder(3);
    }

    @Test
    void anotherPeerBeginsAnotherRun() {
        InetAddress other = IpPrefix.parseAddress("127.0.0.3");
        try (OutsideSocket third = OutsideSocket.udp(other, PORT, BUFFER_OCTETS)) {
            assertThat(third.receiveTogether()).isTrue();
            EspSink toThird = burst.sinkTo(SockAddr.of(other, PORT));
            add(2, SEGMENT);
            add(toThird, SEGMENT, 0);
            add(1, SEGMENT);
            burst.flush();
            assertThat(arrived())
                    .containsExactly(new Arrived(2 * SEGMENT, SEGMENT, 0), new Arrived(SEGMENT, SEGMENT, 0));
            assertThat(marks).containsExactly((byte) 0, (byte) 1, (byte) 3);
            assertThat(receive.receive(third.descriptor())).isEqualTo(1);
            assertThat(receive.octet(0, 0)).isEqualTo((byte) 2);
        }
    }

    @Test
    void aRunEndsAt64Packets() {
        add(70, 100);
        burst.flush();
        assertThat(arrived()).containsExactly(new Arrived(6400, 100, 0), new Arrived(600, 100, 0));
        assertAllInOrder(70);
    }

    @Test
    void aRunEndsBefore64KiB() {
        add(50, 1424);
        burst.flush();
        int most = SendBatch.MAX_SEGMENTED_OCTETS / 1424;
        assertThat(arrived())
                .containsExactly(new Arrived(most * 1424, 1424, 0), new Arrived((50 - most) * 1424, 1424, 0));
        assertAllInOrder(50);
    }

    @Test
    void withoutSegmentationEachPacketIsAMessage() {
        begin(false);
        add(5, SEGMENT);
        burst.flush();
        assertThat(arrived()).hasSize(5).containsOnly(new Arrived(SEGMENT, SEGMENT, 0));
        assertAllInOrder(5);
    }

    @Test
    void whatIsFullIsSentToMakeRoom() {
        begin(false);
        add(EspBurst.MAX_RUNS, 10);
        assertThat(arrived()).isEmpty();
        add(1, 10);
        assertThat(arrived()).hasSize(EspBurst.MAX_RUNS);
        burst.flush();
        assertThat(arrived()).hasSize(1);
        add(97, SEGMENT);
        add(7, SEGMENT);
        burst.flush();
        arrived();
        assertAllInOrder(EspBurst.MAX_RUNS + 1 + 97 + 7);
    }

    @Test
    void aPlaceThatIsNotUsedIsGivenAgain() {
        int at = sink.claim(SEGMENT);
        assertThat(sink.claim(60_000)).isEqualTo(at);
        add(1, SEGMENT);
        assertThat(sink.claim(SEGMENT)).isEqualTo(at + SEGMENT);
        burst.flush();
        assertThat(arrived()).containsExactly(new Arrived(SEGMENT, SEGMENT, 0));
    }

    @Test
    void whatIsLongerThanAllThereIsFindsNoRoom() {
        assertThat(sink.claim(EspBurst.OCTETS + 1)).isEqualTo(EspSink.NO_ROOM);
        add(1, SEGMENT);
        burst.flush();
        assertAllInOrderAfter(1);
    }

    private void assertAllInOrderAfter(int count) {
        arrived();
        assertAllInOrder(count);
    }

    @Test
    void whereTheKernelRefusesSegmentationAllGoesOutSinglyAndNothingIsLost() {
        UnsummedSocket.make(from);
        add(10, SEGMENT);
        add(1, 100);
        add(3, 200);
        burst.flush();
        add(5, SEGMENT);
        burst.flush();
        assertThat(arrived())
                .extracting(Arrived::length)
                .containsOnly(SEGMENT, 100, 200)
                .hasSize(19);
        assertAllInOrder(19);
        assertThat(transmitter.takesSegments()).isFalse();
    }
}
