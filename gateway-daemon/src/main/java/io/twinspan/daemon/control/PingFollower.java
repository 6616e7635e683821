package io.twinspan.daemon.control;

/** Hears of pings, on the control loop. */
public interface PingFollower {
    /** One ping is settled. */
    void happened(PingNews news);

    /** All are settled, or the order was given up. */
    void finished(PingStatistics statistics);
}
