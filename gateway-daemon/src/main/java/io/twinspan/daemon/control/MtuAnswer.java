package io.twinspan.daemon.control;

import java.util.List;

/** Answer to the question how large packets may be. */
public sealed interface MtuAnswer {
    /** One measurement for each tunnel. */
    record Measured(List<MtuMeasurement> tunnels) implements MtuAnswer {
        public Measured {
            tunnels = List.copyOf(tunnels);
        }
    }

    /** There is no such connection or tunnel. */
    record Unknown(String message) implements MtuAnswer {}
}
