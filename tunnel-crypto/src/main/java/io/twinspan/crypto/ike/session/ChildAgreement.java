package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.suite.EspSuite;
import java.util.List;

/** Everything both sides agreed on for a child SA. */
record ChildAgreement(
        int inboundSpi,
        int outboundSpi,
        EspSuite suite,
        EspKeys inboundKeys,
        EspKeys outboundKeys,
        List<TrafficSelector> localSelectors,
        List<TrafficSelector> remoteSelectors) {}
