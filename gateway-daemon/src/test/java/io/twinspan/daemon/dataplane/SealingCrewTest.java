package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members that finish in any order, driven step by step by a seeded generator: every run can be had again. */
class SealingCrewTest {
    private static final String HOST = "10.2.0.9";
    private static final String PEER_OF_TUNNEL_2 = "169.254.2.1";
    private static final int STEPS = 1_000;

    private static IntStream seeds() {
        return IntStream.range(0, 9);
    }

    /** What the connection goes through, the same for the crew and for the loop alone. */
    private sealed interface Step {
        record Send(String destination, int segments, int segmentOctets, int skipped) implements Step {}

        record Rekey(int tunnel, int spi, boolean removeAtOnce) implements Step {}

        record Activate(int tunnel) implements Step {}
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverOrderMembersFinishInTheWireSeesWhatTheLoopAloneWouldHaveSent(int seed) {
        List<Step> script = script(new Random(seed));
        CrewRig alone = new CrewRig(0);
        script.forEach(step -> apply(alone, step));
        CrewRig crewed = new CrewRig(1 + seed % 3);
        new Simulation(crewed, new Random(seed)).run(script);
        assertThat(crewed.opened).isEqualTo(alone.opened);
        assertThat(crewed.digests).isEqualTo(alone.digests);
        assertThat(crewed.dataPlane.counters(1).packetsOut())
                .isEqualTo(alone.dataPlane.counters(1).packetsOut());
        assertThat(crewed.dataPlane.counters(1).bytesOut())
                .isEqualTo(alone.dataPlane.counters(1).bytesOut());
        assertThat(crewed.dataPlane.counters(1).espPacketsOut())
                .isEqualTo(alone.dataPlane.counters(1).espPacketsOut())
                .isPositive();
        assertThat(crewed.dataPlane.counters(1).espBytesOut())
                .isEqualTo(alone.dataPlane.counters(1).espBytesOut());
        assertThat(crewed.dataPlane.counters(1).drops()).isEmpty();
        assertThat(crewed.slotsOut()).isZero();
        assertThat(crewed.openedCount()).isGreaterThan(STEPS);
    }

    private static List<Step> script(Random random) {
        List<Step> script = new ArrayList<>(
                List.of(new Step.Rekey(1, 1001, false), new Step.Rekey(2, 2001, false), new Step.Activate(1)));
        int spi = 3000;
        for (int i = 0; i < STEPS; i++) {
            int kind = random.nextInt(100);
            String destination = random.nextInt(4) == 0 ? PEER_OF_TUNNEL_2 : HOST;
            if (kind < 60) {
                script.add(new Step.Send(destination, 2 + random.nextInt(44), 1300, random.nextInt(8) / 7));
            } else if (kind < 92) {
                script.add(new Step.Send(destination, 1, 4 + random.nextInt(1300), 0));
            } else if (kind < 94) {
                script.add(new Step.Send(destination, 200 + random.nextInt(300), 100, 0));
            } else if (kind < 96) {
                script.add(new Step.Send(destination, 1, 1600 + random.nextInt(3000), 0));
            } else if (kind < 98) {
                script.add(new Step.Rekey(1 + random.nextInt(2), spi++, random.nextBoolean()));
            } else {
                script.add(new Step.Activate(1 + random.nextInt(2)));
            }
        }
        return script;
    }

    private static boolean apply(CrewRig rig, Step step) {
        return switch (step) {
            case Step.Send(String destination, int segments, int octets, int skipped) ->
                rig.send(destination, segments, octets, skipped);
            case Step.Rekey(int tunnel, int spi, boolean removeAtOnce) -> {
                rig.child(tunnel, spi);
                if (removeAtOnce) {
                    rig.removeAllBut(tunnel, spi);
                }
                yield true;
            }
            case Step.Activate(int tunnel) -> {
                rig.activate(tunnel);
                yield true;
            }
        };
    }

    /** Threads that a die drives. The loop looks at finished jobs when it sends, and when it is told; never otherwise. */
    private static final class Simulation {
        private final CrewRig rig;
        private final Random random;
        private final List<SealingCrew.Member> members;
        private final List<SealingJob> held = new ArrayList<>();
        private boolean told;

        Simulation(CrewRig rig, Random random) {
            this.rig = rig;
            this.random = random;
            this.members = rig.crew.members();
            members.forEach(_ -> held.add(null));
            rig.crew.wakes(() -> {}, () -> told = true);
        }

        void run(List<Step> script) {
            for (Step step : script) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    happen();
                }
                if (step instanceof Step.Send send && isOdd(send)) {
                    finishHeld();
                }
                while (!apply(rig, step)) {
                    happen();
                }
            }
            finishAll();
        }

        /** A packet that the loop seals itself once the members are done: here it would wait for this thread. */
        private static boolean isOdd(Step.Send send) {
            return send.segments() > SealingJob.MAX_PACKETS || send.segmentOctets() > 1400;
        }

        private void happen() {
            int member = random.nextInt(members.size());
            switch (random.nextInt(8)) {
                case 0 -> answer();
                case 1 -> setReady(!rig.socketReady);
                case 2, 3, 4 -> claim(member);
                default -> finish(member);
            }
        }

        private void claim(int member) {
            if (held.get(member) == null) {
                held.set(member, members.get(member).claim());
            }
        }

        private void finish(int member) {
            SealingJob job = held.get(member);
            if (job != null) {
                members.get(member).seal(job);
                members.get(member).finish(job);
                held.set(member, null);
            }
        }

        private void finishHeld() {
            for (int i = 0; i < members.size(); i++) {
                finish(i);
            }
        }

        private void answer() {
            if (told) {
                told = false;
                rig.crew.collectTold(0);
            }
        }

        private void setReady(boolean ready) {
            rig.socketReady = ready;
            if (ready) {
                rig.dataPlane.outboundPath().sendFinished(0);
            }
        }

        private void finishAll() {
            setReady(true);
            finishHeld();
            while (members.getFirst().sealNext()) {
                answer();
            }
            answer();
        }
    }

    @Test
    void aRemovedChildKeepsItsKeysUntilItsPacketsAreSealed() {
        CrewRig rig = new CrewRig(1);
        rig.child(1, 1001);
        rig.activate(1);
        rig.send(HOST, 40, 1300, 0);
        rig.dataPlane.removeChild(1, 1001);
        rig.crew.members().getFirst().sealNext();
        rig.crew.collectTold(0);
        assertThat(rig.opened.get(1001)).hasSize(40);
        assertThat(rig.slotsOut()).isZero();
    }

    @Test
    void smallPacketsAreSealedInPassingWhileNothingIsUnderWay() {
        CrewRig rig = new CrewRig(1);
        rig.child(1, 1001);
        rig.activate(1);
        rig.send(HOST, 1, 100, 0);
        assertThat(rig.openedCount()).isOne();
        rig.send(HOST, 40, 1300, 0);
        rig.send(HOST, 1, 100, 0);
        assertThat(rig.openedCount()).isOne();
        assertThat(rig.slotsOut()).isEqualTo(2);
    }

    @Test
    void whereNoMemberHelpsTheLoopSealsEverythingItself() {
        CrewRig rig = new CrewRig(2);
        rig.child(1, 1001);
        rig.activate(1);
        for (int i = 0; i < 100; i++) {
            assertThat(rig.send(HOST, 40, 1300, 0)).isTrue();
        }
        assertThat(rig.openedCount()).isGreaterThan(3_000);
    }

    @Test
    void theLoopHasNoRoomWhileAMemberHoldsTheOldestJobAndIsToldWhenItIsDone() {
        CrewRig rig = new CrewRig(1);
        boolean[] told = {false};
        rig.crew.wakes(() -> {}, () -> told[0] = true);
        rig.child(1, 1001);
        rig.activate(1);
        rig.send(HOST, 40, 1300, 0);
        SealingCrew.Member slow = rig.crew.members().getFirst();
        SealingJob oldest = Objects.requireNonNull(slow.claim());
        while (rig.send(HOST, 40, 1300, 0)) {
            assertThat(rig.openedCount()).isZero();
        }
        slow.seal(oldest);
        slow.finish(oldest);
        assertThat(told[0]).isTrue();
        assertThat(rig.crew.collectTold(0)).isTrue();
        assertThat(rig.openedCount()).isEqualTo(rig.given());
    }
}
