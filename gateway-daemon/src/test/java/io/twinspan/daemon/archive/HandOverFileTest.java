package io.twinspan.daemon.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.drill.BootInstant;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.ProbeTrace;
import io.twinspan.daemon.drill.TrafficLook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HandOverFileTest {
    private static final long SECOND = 1_000_000_000L;

    /** Some record; every field follows the seed. */
    static DrillHandOver some(long seed) {
        Random random = new Random(seed);
        int tunnel = 1 + random.nextInt(2);
        DrillOrder order = new DrillOrder(
                new DrillScenario.DaemonRestart(),
                "prod",
                random.nextInt(3),
                (1 + random.nextInt(300)) * SECOND,
                (1 + random.nextInt(300)) * SECOND,
                10 + random.nextInt(991),
                random.nextBoolean() ? "" : "172.31.0.10");
        SortedMap<String, SortedSet<String>> spis = new TreeMap<>();
        spis.put("prod/1", new TreeSet<>(List.of("IKE SA 0x" + random.nextLong(), "child SA 0x" + random.nextInt())));
        return new DrillHandOver(
                "2026-11-23-%04d".formatted(random.nextInt(10_000)),
                new DrillPlan(order, tunnel, 3 - tunnel, random.nextBoolean()),
                Instant.ofEpochSecond(1_790_000_000L, random.nextInt(1_000_000_000)),
                new BootInstant("b-" + random.nextInt(), Math.abs(random.nextLong() / 2)),
                -random.nextInt(1_000_000),
                probes(random),
                probes(random),
                List.of(new TrafficLook(-random.nextInt(), random.nextInt(), 2, 3, 4)),
                List.of(new DrillMoment(0, tunnel, "restarting the daemon \u00fc")),
                spis,
                random.nextBoolean() ? null : Set.of("src=10.0.0.1 dst=" + random.nextInt()));
    }

    private static List<ProbeTrace> probes(Random random) {
        List<ProbeTrace> probes = new ArrayList<>();
        int number = 0;
        for (int left = random.nextInt(300); left > 0; left--) {
            number += 1 + random.nextInt(2);
            long sent = -random.nextLong(4 * SECOND);
            probes.add(new ProbeTrace(
                    number, random.nextInt(3), sent, random.nextBoolean() ? ProbeTrace.NEVER : sent + 8_000_000));
        }
        return probes;
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll long seed) {
        DrillHandOver left = some(seed);
        assertThat(HandOverFile.read(HandOverFile.write(left))).contains(left);
    }

    @Property(tries = 500)
    void whatIsCutShortOrHasGrownIsNoRecord(@ForAll long seed, @ForAll @IntRange(max = 10_000) int length) {
        byte[] octets = HandOverFile.write(some(seed));
        if (length != octets.length) {
            assertThat(HandOverFile.read(Arrays.copyOf(octets, length))).isEmpty();
        }
    }

    @Property(tries = 500)
    void oneWrongBitIsNoRecord(@ForAll long seed, @ForAll @IntRange(max = 1_000_000) int where) {
        byte[] octets = HandOverFile.write(some(seed));
        octets[where / 8 % octets.length] ^= (byte) (1 << where % 8);
        assertThat(HandOverFile.read(octets)).isEmpty();
    }

    /** A checksum stops accidents, not somebody who makes one up. */
    @Property(tries = 2_000)
    void whateverHasARightChecksumIsReadOrRefusedAndNothingIsThrown(
            @ForAll long seed, @ForAll @IntRange(max = 1_000_000) int where, @ForAll long value) {
        byte[] octets = HandOverFile.write(some(seed));
        int content = octets.length - Long.BYTES;
        int at = where % Math.max(1, content - Long.BYTES);
        java.nio.ByteBuffer.wrap(octets).putLong(at, value);
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update(octets, 0, content);
        java.nio.ByteBuffer.wrap(octets).putLong(content, sum.getValue());
        HandOverFile.read(octets).ifPresent(left -> {
            assertThat(left.id()).matches(DrillFolder.ID);
            assertThat(left.plan().tunnel()).isBetween(1, 2);
            assertThat(left.plan().order().probesPerSecond()).isBetween(10, 1_000);
            assertThat(left.toPeer()).allMatch(it -> it.number() >= 0 && it.number() <= 100_000);
        });
    }

    @Property(tries = 500)
    void rubbishIsNoRecord(@ForAll byte[] octets) {
        assertThat(HandOverFile.read(octets)).isEmpty();
    }

    @Test
    void ageIsOfTheSameTimeOfTheMachineAndOfTwoMinutesAtMost() {
        DrillHandOver left = some(1);
        String boot = left.writtenAt().boot();
        long at = left.writtenAt().nanos();
        assertThat(left.ageNanos(new BootInstant(boot, at + 3 * SECOND))).hasValue(3 * SECOND);
        assertThat(left.ageNanos(new BootInstant(boot, at + 120 * SECOND))).hasValue(120 * SECOND);
        assertThat(left.ageNanos(new BootInstant(boot, at + 120 * SECOND + 1))).isEmpty();
        assertThat(left.ageNanos(new BootInstant(boot, at - 1))).isEmpty();
        assertThat(left.ageNanos(new BootInstant("another", at + SECOND))).isEmpty();
    }

    @Test
    void saysWhichSasAreGone() {
        DrillHandOver left = some(1);
        assertThat(left.lost(left.spis())).isEmpty();
        SortedMap<String, SortedSet<String>> fresh = new TreeMap<>();
        fresh.put("prod/1", new TreeSet<>(Set.of("IKE SA 0x1", "child SA 0x2")));
        assertThat(left.lost(fresh))
                .startsWith("tunnel prod/1 is negotiated anew: IKE SA 0x")
                .contains(", child SA 0x")
                .endsWith(" were not taken up");
        assertThat(left.lost(new TreeMap<>())).startsWith("tunnel prod/1 is negotiated anew");
    }
}
