package io.twinspan.daemon.http;

import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillMove;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.FlowBin;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.drill.TcpResult;
import io.twinspan.daemon.drill.TrafficResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reports of drills that never were, with texts as a hostile peer would have them. */
final class SampleDrill {
    private static final long MILLI = 1_000_000;
    private static final String HOSTILE = "no answer </title><script>alert('x')</script> & \"more\" \u001b[31m";

    private SampleDrill() {}

    static DrillReport passed() {
        return report(DrillVerdict.PASSED, "", 230 * MILLI);
    }

    static DrillReport missed() {
        return report(
                DrillVerdict.MISSED, "ended early: no answer for longer than the limit of 1000 ms", 1_200 * MILLI);
    }

    static DrillReport aborted() {
        return report(DrillVerdict.ABORTED, HOSTILE, 0);
    }

    /** Of a restart: nobody counted while no process ran. */
    static DrillReport restart() {
        DrillReport like = passed();
        return new DrillReport(
                like.id(),
                like.environment(),
                like.startedAt(),
                new DrillOrder(new DrillScenario.DaemonRestart(), "prod", 0, 20_000 * MILLI, 5_000 * MILLI, 200, ""),
                1,
                DrillVerdict.PASSED,
                "",
                2_610 * MILLI,
                like.flow(),
                null,
                new TrafficResult(
                        like.traffic().before(),
                        new TrafficResult.Phase(2_610 * MILLI, -1, -1, -1, -1),
                        like.traffic().after(),
                        2_700 * MILLI),
                TcpResult.UNKNOWN,
                List.of(),
                List.of(
                        new DrillMoment(0, 1, "restarting the daemon"),
                        new DrillMoment(2_610 * MILLI, 0, "the next process forwards again after 2.61 s")),
                like.binNanos(),
                like.firstBinNanos(),
                like.bins());
    }

    private static DrillReport report(DrillVerdict verdict, String reason, long outage) {
        DrillOrder order = new DrillOrder(
                new DrillScenario.Blackhole(), "prod", 0, 20_000 * MILLI, 1_000 * MILLI, 200, "172.31.0.10");
        List<FlowBin> bins = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            boolean dead = i >= 10 && i < 14;
            bins.add(new FlowBin(19, dead ? 19 : 0, dead ? 0 : 9 * MILLI, i < 14 ? 1 : 2));
        }
        return new DrillReport(
                "2026-11-23-0001",
                new DrillReport.Environment("0.1.0", "gw-1", "Linux 6.12, Java 25"),
                Instant.parse("2026-11-23T03:00:00.250Z"),
                order,
                1,
                verdict,
                reason,
                20_000 * MILLI,
                new FlowResult(4_400, 4_359, 1, 2, outage, outage + 10 * MILLI, 5, 8_100_000, 9_400_000),
                new FlowResult(4_400, 4_300, 0, 0, outage, outage, 5, 9 * MILLI, 11 * MILLI),
                new TrafficResult(
                        new TrafficResult.Phase(2_000 * MILLI, 2_000, 2_001, 0, 0),
                        new TrafficResult.Phase(20_000 * MILLI, 10, 170, 19_800, 19_830),
                        new TrafficResult.Phase(3_000 * MILLI, 0, 0, 3_000, 3_001),
                        240 * MILLI),
                new TcpResult(12, 12),
                List.of(new DrillMove(
                        1, 2, "lost", HOSTILE, DrillMove.UNKNOWN, 160 * MILLI, 161 * MILLI, DrillMove.UNKNOWN)),
                List.of(
                        new DrillMoment(0, 1, "dropping the outer packets of tunnel 1"),
                        new DrillMoment(160 * MILLI, 1, "tunnel 1: " + HOSTILE),
                        new DrillMoment(230 * MILLI, 2, "first answer through tunnel 2")),
                96 * MILLI,
                -1_000 * MILLI,
                bins);
    }
}
