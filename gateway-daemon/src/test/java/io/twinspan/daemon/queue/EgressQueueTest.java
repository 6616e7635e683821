package io.twinspan.daemon.queue;

import static io.twinspan.daemon.queue.QueuePackets.CE;
import static io.twinspan.daemon.queue.QueuePackets.ECT_0;
import static io.twinspan.daemon.queue.QueuePackets.ECT_1;
import static io.twinspan.daemon.queue.QueuePackets.NOT_ECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressQueueTest {
    private static final long MS = 1_000_000;
    private static final long TARGET = 5 * MS;
    private static final long INTERVAL = 100 * MS;
    private static final int PACKETS = 64;
    private static final int OCTETS = 64_000;

    /** Too long to pass others. */
    private static final int LONG = 1_700;

    private static final int DSCP_AF11 = 0x28;
    private static final long LONG_WAIT = 2 * TARGET;

    private final List<PacketSlot> dropped = new ArrayList<>();
    private final List<PacketSlot> marked = new ArrayList<>();
    private final PacketSlab slab = new PacketSlab(2 * PACKETS);
    private final EgressQueue queue =
            new EgressQueue(slab, PACKETS, OCTETS, new CoDel(TARGET, INTERVAL, 1_514), new AqmListener() {
                @Override
                public void dropped(PacketSlot packet) {
                    dropped.add(packet);
                }

                @Override
                public void marked(PacketSlot packet) {
                    marked.add(packet);
                }
            });

    @Test
    void controlPacketsLeaveBeforeDataAndEachClassInItsOrder() {
        PacketSlot data1 = offered(100, false);
        PacketSlot control1 = offered(100, true);
        PacketSlot data2 = offered(100, false);
        PacketSlot control2 = offered(100, true);

        assertThat(queue.size()).isEqualTo(4);
        assertThat(polled(0)).isSameAs(control1);
        assertThat(polled(0)).isSameAs(control2);
        assertThat(polled(0)).isSameAs(data1);
        assertThat(polled(0)).isSameAs(data2);
        assertThat(queue.poll(0)).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void refusesDataBeyondItsPacketsButTakesControl() {
        offered(100, false);
        for (int i = 0; i < PACKETS; i++) {
            offered(100, false);
        }
        assertThat(queue.offer(packet(100), 0, false)).isFalse();
        assertThat(queue.offer(packet(100), 0, true)).isTrue();
    }

    @Test
    void refusesDataBeyondItsOctetsUnlessNothingWaits() {
        PacketSlot large = packet(OCTETS + 1);
        assertThat(queue.offer(large, 0, false)).isTrue();
        assertThat(queue.offer(packet(100), 0, false)).isFalse();
        assertThat(polled(0)).isSameAs(large);
        assertThat(queue.offer(packet(100), 0, false)).isTrue();
    }

    @Test
    void tooMuchControlTrafficCountsAsData() {
        for (int i = 0; i < EgressQueue.CONTROL_PACKETS; i++) {
            offered(100, true);
        }
        PacketSlot data = offered(100, false);
        PacketSlot surplus = offered(100, true);
        for (int i = 0; i < EgressQueue.CONTROL_PACKETS; i++) {
            queue.poll(0);
        }
        assertThat(polled(0)).isSameAs(data);
        assertThat(polled(0)).isSameAs(surplus);
    }

    @Test
    void aPacketOfAFlowThatHasNothingWaitingPassesThoseThatHave() {
        PacketSlot bulk1 = offered(LONG, false);
        PacketSlot bulk2 = offered(100, false);
        PacketSlot lone = QueuePackets.ipv6(slab.take(), 100, NOT_ECT);
        PacketSlot second = QueuePackets.ipv6(slab.take(), 100, NOT_ECT);
        queue.offer(lone, 0, false);
        queue.offer(second, 0, false);
        assertThat(polled(0)).isSameAs(lone);
        assertThat(polled(0)).isSameAs(bulk1);
        assertThat(polled(0)).isSameAs(bulk2);
        assertThat(polled(0)).isSameAs(second);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void sparseFlowsDoNotStarveTheOthersAndNoFlowIsReordered() {
        PacketSlot bulk = offered(LONG, false);
        int passed = 0;
        PacketSlot next = null;
        for (int i = 0; i < 100 && next != bulk; i++) {
            PacketSlot lone = QueuePackets.ipv6(slab.take(), 100, NOT_ECT);
            queue.offer(lone, 1 + i, false);
            next = polled(1 + i);
            slab.give(next);
            passed++;
        }
        assertThat(next).isSameAs(bulk);
        assertThat(passed).isEqualTo(33);
    }

    @Test
    void whereAllWaitTooLongTheOldestMakesRoomForTheNewest() {
        PacketSlot oldest = offered(LONG, false);
        for (int i = 0; i < PACKETS - 1; i++) {
            offered(100, false);
        }
        int free = slab.available();
        assertThat(queue.dropOldest(INTERVAL / 4 - 1)).isFalse();
        assertThat(queue.dropOldest(INTERVAL / 4)).isTrue();
        assertThat(queue.dropOldest(INTERVAL / 4)).isFalse();
        assertThat(slab.available()).isEqualTo(free + 1);
        assertThat(polled(0)).isNotSameAs(oldest);
    }

    @Test
    void aDroppedPacketGoesBackToTheSlabAndTheNextOneLeaves() {
        PacketSlot victim = packet(100);
        PacketSlot next = packet(100);
        congest(victim, next);
        int free = slab.available();

        assertThat(polled(LONG_WAIT)).isSameAs(next);
        assertThat(dropped).containsExactly(victim);
        assertThat(slab.available()).isEqualTo(free + 1);
        assertThat(next.segmentsToSkip()).isZero();
    }

    @Test
    void aSuperPacketLosesOneSegmentOnly() {
        PacketSlot victim = packet(100);
        victim.superPacket(true);
        congest(victim);

        assertThat(polled(LONG_WAIT)).isSameAs(victim);
        assertThat(victim.segmentsToSkip()).isEqualTo(1);
        assertThat(dropped).containsExactly(victim);
        slab.give(victim);
        assertThat(slab.take().segmentsToSkip()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {ECT_0, ECT_1, CE})
    void anIpv4PacketThatUnderstandsEcnIsMarkedAndItsChecksumMended(int ecn) {
        PacketSlot victim = QueuePackets.ipv4(slab.take(), 100, DSCP_AF11 | ecn);
        victim.superPacket(true);
        congest(victim);

        assertThat(polled(LONG_WAIT)).isSameAs(victim);
        assertThat(Ipv4View.typeOfService(victim.array(), victim.offset())).isEqualTo(DSCP_AF11 | CE);
        assertThat(Ipv4View.checksumValid(victim.array(), victim.offset())).isTrue();
        assertThat(marked).containsExactly(victim);
        assertThat(dropped).isEmpty();
        assertThat(victim.segmentsToSkip()).isZero();
    }

    @Test
    void anIpv6PacketThatUnderstandsEcnIsMarkedAndKeepsItsFlow() {
        PacketSlot victim = QueuePackets.ipv6(slab.take(), LONG, DSCP_AF11 | ECT_1);
        congest(victim);

        assertThat(polled(LONG_WAIT)).isSameAs(victim);
        assertThat(Ipv6View.trafficClass(victim.array(), victim.offset())).isEqualTo(DSCP_AF11 | CE);
        assertThat(victim.array()[victim.offset() + 3]).isEqualTo((byte) 0x21);
        assertThat(marked).containsExactly(victim);
    }

    @Test
    void whereTheWaitIsNoLongerModerateEvenEcnPacketsAreDropped() {
        PacketSlot victim = QueuePackets.ipv4(slab.take(), 100, ECT_0);
        congest(victim);

        queue.poll(INTERVAL);
        assertThat(dropped).containsExactly(victim);
        assertThat(marked).isEmpty();
    }

    @Test
    void controlPacketsAreNeitherDroppedNorMarkedHoweverLongTheyWaited() {
        congest();
        PacketSlot control = QueuePackets.ipv4(slab.take(), 100, ECT_0);
        queue.offer(control, 0, true);

        assertThat(polled(INTERVAL)).isSameAs(control);
        assertThat(marked).isEmpty();
        assertThat(dropped).isEmpty();
    }

    @Property(tries = 200)
    void noSlotIsLostOrGivenTwiceWhateverThePacketsHold(@ForAll long seed) {
        Random random = new Random(seed);
        List<PacketSlot> held = new ArrayList<>();
        long now = random.nextLong();
        for (int i = 0; i < 3_000; i++) {
            now += random.nextLong(MS);
            if (random.nextInt(5) < 3 && slab.available() > 0) {
                PacketSlot slot = hostile(random);
                if (!queue.offer(slot, now, random.nextInt(20) == 0)) {
                    slab.give(slot);
                }
            } else {
                PacketSlot slot = queue.poll(now);
                if (slot != null) {
                    held.add(slot);
                }
            }
            if (held.size() > random.nextInt(20)) {
                slab.give(held.removeFirst());
            }
            assertThat(slab.available() + queue.size() + held.size()).isEqualTo(2 * PACKETS);
        }
        assertThat(dropped).isNotEmpty();
        for (PacketSlot slot = queue.poll(now); slot != null; slot = queue.poll(now)) {
            held.add(slot);
        }
        held.forEach(slab::give);
        assertThat(slab.available()).isEqualTo(2 * PACKETS);
    }

    private PacketSlot hostile(Random random) {
        PacketSlot slot = slab.take();
        byte[] noise = new byte[64];
        random.nextBytes(noise);
        noise[0] = random.nextBoolean() ? 0x45 : noise[0];
        System.arraycopy(noise, 0, slot.array(), PacketSlot.HEADROOM, noise.length);
        slot.range(PacketSlot.HEADROOM, random.nextInt(1_500));
        slot.superPacket(random.nextBoolean());
        return slot;
    }

    /** Puts them and a backlog in, at time 0. From {@link #LONG_WAIT} on, the interval before the first drop is over. */
    private void congest(PacketSlot... victims) {
        PacketSlot early = packet(LONG);
        queue.offer(early, -2 * INTERVAL, false);
        for (PacketSlot victim : victims) {
            queue.offer(victim, 0, false);
        }
        for (int i = 0; i < 4; i++) {
            offered(1_500, false);
        }
        assertThat(polled(LONG_WAIT - INTERVAL)).isSameAs(early);
        slab.give(early);
    }

    private PacketSlot offered(int octets, boolean control) {
        PacketSlot slot = packet(octets);
        assertThat(queue.offer(slot, 0, control)).isTrue();
        return slot;
    }

    private PacketSlot packet(int octets) {
        PacketSlot slot = slab.take();
        Arrays.fill(slot.array(), PacketSlot.HEADROOM, PacketSlot.HEADROOM + 64, (byte) 0);
        return QueuePackets.ipv4(slot, octets, NOT_ECT);
    }

    private PacketSlot polled(long now) {
        return Objects.requireNonNull(queue.poll(now));
    }
}
