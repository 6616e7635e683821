package io.twinspan.daemon.failover;

import java.util.List;

/** Result of one step: the state from now on, and the switch to make; at most one. */
public record FailoverStep(FailoverState state, List<SwitchPlan> plans) {
    public FailoverStep {
        plans = List.copyOf(plans);
        assert plans.size() <= 1 : plans;
    }
}
