package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspKeys;

/** The keys of both directions of a child SA, in memory of their own. */
record ChildKeys(EspKeys inbound, EspKeys outbound) {
    static ChildKeys copyOf(EspKeys inbound, EspKeys outbound) {
        return new ChildKeys(inbound.copy(), outbound.copy());
    }

    void destroy() {
        inbound.destroy();
        outbound.destroy();
    }
}
