package io.twinspan.benchmarks.failover;

import io.twinspan.daemon.lab.LinkImpairment;
import java.time.Duration;

/**
 * What happens in each minute of a bad line on which nothing may move: a burst of all processors, a saturated uplink, rekeys. By
 * the second, so that it is the same in every run.
 *
 * @param bad the link, in both directions of both tunnels
 * @param rekeySeconds between two rekeys
 */
record CalmPlan(LinkImpairment bad, int rekeySeconds) {
    static final int MINUTE = 60;
    static final int BURST_SECOND = 10;
    static final int BURST_SECONDS = 1;
    static final int SATURATED_FROM = 40;
    static final int SATURATED_TO = 50;

    /** The uplink while it is saturated; the queue is what a cheap router has. */
    static final long UPLINK_BITS_PER_SECOND = 8_000_000;

    static final Duration UPLINK_QUEUE = Duration.ofMillis(100);
    /** With the numbered flow a quarter more than the uplink carries. */
    static final int BULK_PER_SECOND = 700;

    /** An order to rekey. */
    record Rekey(int tunnel, String sa) {}

    /** True while every processor is wanted by others. */
    boolean bursts(int second) {
        int inMinute = second % MINUTE;
        return inMinute >= BURST_SECOND && inMinute < BURST_SECOND + BURST_SECONDS;
    }

    /** True while more is sent than the uplink carries. */
    boolean saturates(int second) {
        int inMinute = second % MINUTE;
        return inMinute >= SATURATED_FROM && inMinute < SATURATED_TO;
    }

    /** True in the seconds in which a rekey begins. */
    boolean rekeys(int second) {
        return second > 0 && second % rekeySeconds == 0;
    }

    /** Which SA a rekey is for: each tunnel's child and IKE SA in turn. */
    Rekey rekey(int second) {
        int turn = second / rekeySeconds;
        return new Rekey(turn % 2 + 1, turn / 2 % 2 == 0 ? "esp" : "ike");
    }

    /** The link from the gateway to AWS; in every second minute packets overtake each other. */
    LinkImpairment toAws(int second) {
        LinkImpairment link = toGateway(second);
        return saturates(second) ? link.withRate(UPLINK_BITS_PER_SECOND, UPLINK_QUEUE) : link;
    }

    /** The link from AWS to the gateway. */
    LinkImpairment toGateway(int second) {
        return bad.withReorder(second / MINUTE % 2 == 1);
    }
}
