package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.ike.TunnelName;

/** Hears what only events tell and no snapshot shows, for those who count and measure. Called on the control loop. */
public interface GatewayMeter {
    /** Counts nothing. */
    GatewayMeter NONE = new GatewayMeter() {
        @Override
        public void reported(TunnelName tunnel, IkeReport report) {}

        @Override
        public void roundTrip(TunnelName tunnel, long nanos) {}

        @Override
        public void switched(String connection, SwitchRecord move) {}

        @Override
        public void drilled(DrillReport report) {}
    };

    /** A tunnel's IKE machine told something. */
    void reported(TunnelName tunnel, IkeReport report);

    /** A health probe of a tunnel was answered after so many nanoseconds. */
    void roundTrip(TunnelName tunnel, long nanos);

    /** Traffic was moved, and all that will be known of it is known. */
    void switched(String connection, SwitchRecord move);

    /** A drill is over. */
    void drilled(DrillReport report);
}
