package io.twinspan.daemon.drill;

import java.util.List;

/**
 * Outcome of a step.
 *
 * @param state the state after it
 * @param effects in the order in which they are to be carried out
 */
public record DrillStep(DrillState state, List<DrillEffect> effects) {
    public DrillStep {
        effects = List.copyOf(effects);
    }
}
