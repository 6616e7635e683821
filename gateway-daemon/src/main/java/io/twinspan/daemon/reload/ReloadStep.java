package io.twinspan.daemon.reload;

import java.util.List;

/** A new state and what is to be done. */
public record ReloadStep(ReloadState state, List<ReloadEffect> effects) {
    public ReloadStep {
        effects = List.copyOf(effects);
    }
}
