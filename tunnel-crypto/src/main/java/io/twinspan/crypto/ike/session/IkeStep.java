package io.twinspan.crypto.ike.session;

import java.util.List;

/** Result of one step: the state that holds from now on, and what to do, in this order. */
public record IkeStep(IkePeer state, List<IkeEffect> effects) {
    public IkeStep {
        effects = List.copyOf(effects);
    }
}
