package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillEnding;
import io.twinspan.daemon.drill.DrillMove;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.FlowBin;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.drill.ProbeLedger;
import io.twinspan.daemon.drill.TcpResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the report of a drill that is over. Control loop only. */
final class DrillReporter {
    private static final int BINS = 240;
    private static final long BEFORE_NANOS = 1_000_000_000L;
    private static final long AFTER_NANOS = 2_000_000_000L;

    private final DrillRun run;
    private final List<DrillMove> moves;
    private final DrillReport.Environment environment;

    DrillReporter(DrillRun run, List<DrillMove> moves, DrillReport.Environment environment) {
        this.run = run;
        this.moves = moves;
        this.environment = environment;
    }

    DrillReport report(String id, Instant startedAt, DrillEnding ending, TcpResult tcp) {
        DrillPlan plan = run.plan();
        long begin = run.diary().beginNanos();
        boolean begun = run.diary().hasBegun();
        ProbeLedger ledger = run.flow().toPeer();
        FlowResult flow = begun ? ledger.since(begin) : ledger.since(Long.MAX_VALUE / 2);
        FlowResult target = begun ? targetFlow(begin) : null;
        long outage = Math.max(flow.outageNanos(), target == null ? 0 : target.outageNanos());
        long fault = begun ? run.faultEndNanos() - begin : 0;
        long binNanos = Math.max(1, (BEFORE_NANOS + fault + AFTER_NANOS) / BINS);
        return new DrillReport(
                id,
                environment,
                startedAt,
                plan.order(),
                plan.tunnel(),
                DrillVerdict.of(ending, outage, plan.order().limitNanos()),
                ending.reason(),
                fault,
                flow,
                target,
                run.traffic().result(begin, run.faultEndNanos()),
                tcp,
                moves,
                run.diary().moments(),
                binNanos,
                -BEFORE_NANOS,
                begun ? bins(ledger, begin - BEFORE_NANOS, binNanos) : List.of());
    }

    private @Nullable FlowResult targetFlow(long begin) {
        ProbeLedger ledger = run.flow().toTarget();
        return ledger.capacity() == 0 ? null : ledger.since(begin);
    }

    private static List<FlowBin> bins(ProbeLedger ledger, long from, long binNanos) {
        List<FlowBin> bins = new ArrayList<>(BINS);
        for (int i = 0; i < BINS; i++) {
            bins.add(ledger.bin(from + i * binNanos, from + (i + 1) * binNanos));
        }
        return bins;
    }
}
