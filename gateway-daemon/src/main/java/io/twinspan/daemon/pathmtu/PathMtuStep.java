package io.twinspan.daemon.pathmtu;

import java.util.List;

/** The next state and what is to be done. */
public record PathMtuStep(PathMtuState state, List<PathMtuEffect> effects) {
    public PathMtuStep {
        effects = List.copyOf(effects);
    }
}
