package io.twinspan.daemon.liveness;

import java.util.List;

/** Result of one step: the state from now on, and what to do in this order. */
public record PathStep(PathState state, List<PathEffect> effects) {}
