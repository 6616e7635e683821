package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.SequenceCell;

/**
 * The sequence numbers of one child SA, in memory that may outlive the process. Each half is told when its loop has let go of
 * it; then nobody writes there any more.
 */
public interface SaNumbers {
    /** The number up to which the outbound loop may send. */
    SequenceCell sent();

    /** The highest number that the inbound loop found authentic. */
    SequenceCell received();

    /** The outbound loop uses no number of the SA any more. */
    void sendingEnded();

    /** The inbound loop stores no number of the SA any more. */
    void receivingEnded();
}
