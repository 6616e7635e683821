package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspPath;

/** Finds the socket and peer address that an outside path means. Used on the control loop. */
@FunctionalInterface
public interface EspSinkSource {
    /** The sink for a path; one that refuses every packet where the path's local address is not open. */
    EspSink sinkFor(EspPath path);
}
