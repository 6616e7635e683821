package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.crypto.esp.EspOverhead;
import java.util.ArrayList;
import java.util.List;

/** What an operator should do where the configuration and a measured path differ. Pure. */
final class MtuAdvice {
    private MtuAdvice() {}

    static List<String> of(ConnectionConfig config, EspOverhead overhead, MtuMeasurement.MeasuredPath path) {
        List<String> advice = new ArrayList<>();
        if (path instanceof MtuMeasurement.MeasuredPath.Carries(int outer, var _, boolean whole)) {
            int configured = config.uplinkMtuBytes();
            if (outer < overhead.outerLengthBytes(overhead.innerMtuBytes(configured))) {
                advice.add("the path carries " + outer + " octets, the configuration says " + configured
                        + ": set 'uplink-mtu: " + outer + "' on connection " + config.name());
            } else if (overhead.innerMtuBytes(outer) > overhead.innerMtuBytes(configured)) {
                advice.add("the path carries " + outer + " octets, more than the configured " + configured
                        + ": 'uplink-mtu: " + outer + "' on connection " + config.name() + " would use them");
            }
            if (!whole) {
                advice.add(
                        "the answer came back in pieces: the way back carries less than the way out, or the peer's own"
                                + " settings are smaller");
            }
        }
        return advice;
    }
}
