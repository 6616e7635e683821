package io.twinspan.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.lab.LinkImpairment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CalmPlanTest {
    private static final int TEN_MINUTES = 600;

    private final CalmPlan plan = new CalmPlan(LinkImpairment.NONE.withLoss(0.05), 30);

    @Test
    void everyMinuteHasOneSecondOfBurstAndTenOfASaturatedUplinkApartFromEachOther() {
        assertThat(IntStream.range(0, TEN_MINUTES).filter(plan::bursts)).hasSize(10);
        assertThat(IntStream.range(0, TEN_MINUTES).filter(plan::saturates)).hasSize(100);
        assertThat(IntStream.range(0, TEN_MINUTES).filter(second -> plan.bursts(second) && plan.saturates(second)))
                .isEmpty();
    }

    @Test
    void rekeysGoAroundBothTunnelsAndBothKindsOfSa() {
        List<CalmPlan.Rekey> rekeys = IntStream.range(0, TEN_MINUTES)
                .filter(plan::rekeys)
                .mapToObj(plan::rekey)
                .toList();
        assertThat(rekeys).hasSize(19).startsWith(new CalmPlan.Rekey(2, "esp"), new CalmPlan.Rekey(1, "ike"));
        assertThat(rekeys.stream().distinct()).hasSize(4);
    }

    @Test
    void onlyTheUplinkIsSaturatedAndOnlyEverySecondMinuteReorders() {
        assertThat(plan.toAws(CalmPlan.SATURATED_FROM).bitsPerSecond()).isPositive();
        assertThat(plan.toGateway(CalmPlan.SATURATED_FROM).bitsPerSecond()).isZero();
        assertThat(plan.toAws(0).reorder()).isFalse();
        assertThat(plan.toAws(CalmPlan.MINUTE).reorder()).isTrue();
        assertThat(plan.toAws(CalmPlan.MINUTE).loss()).isEqualTo(0.05);
    }
}
