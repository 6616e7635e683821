package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CheckVerdictTest {
    @Test
    void whatNobodyMeasuresIsUnknownAndNotNothing() {
        CheckVerdict verdict =
                CheckVerdict.of(SampleStatus.degraded().onlyTunnel(1), CheckLimits.NONE, CheckLimits.NONE);
        assertThat(verdict.figures()).contains(" rtt=U;; loss=U;; ");
    }
}
