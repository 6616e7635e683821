package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.suite.EspSuite;

/** Says what fits through a tunnel with a given suite. */
@FunctionalInterface
public interface InnerSizing {
    /** Largest inner packet and TCP segment of this tunnel with these algorithms and this encapsulation. */
    TunnelStatus.InnerSize of(
            ConnectionConfig connection, TunnelConfig tunnel, EspSuite suite, boolean udpEncapsulated);
}
