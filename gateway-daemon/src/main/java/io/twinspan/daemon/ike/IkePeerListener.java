package io.twinspan.daemon.ike;

import io.twinspan.crypto.ike.session.IkeReport;

/** Hears what IKE peers report. Called on the control loop. */
public interface IkePeerListener {
    /** A machine told something. */
    void onReport(TunnelName tunnel, IkeReport report);

    /**
     * A machine threw: a bug of ours. The peer was torn down and starts anew after a pause.
     *
     * @param restartDelayNanos length of that pause
     */
    void onBug(TunnelName tunnel, RuntimeException bug, long restartDelayNanos);
}
