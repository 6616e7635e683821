package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;

/**
 * What is known about a peer apart from its SAs.
 *
 * @param drive the operator's wish and the reconnect back-off
 * @param cookies for a responder under load
 * @param limits on replies to strangers
 * @param patience with refused rekeys
 * @param trafficNanos when ESP of the peer last proved authentic, or {@code NEVER}
 */
record PeerFacts(Drive drive, CookieJar cookies, ReplyLimits limits, Patience patience, long trafficNanos) {
    static PeerFacts initial() {
        return new PeerFacts(
                Drive.initial(), CookieJar.empty(), ReplyLimits.initial(), Patience.fresh(), Deadline.NEVER);
    }

    PeerFacts with(Drive newDrive) {
        return new PeerFacts(newDrive, cookies, limits, patience, trafficNanos);
    }

    PeerFacts with(CookieJar newCookies) {
        return new PeerFacts(drive, newCookies, limits, patience, trafficNanos);
    }

    PeerFacts with(ReplyLimits newLimits) {
        return new PeerFacts(drive, cookies, newLimits, patience, trafficNanos);
    }

    PeerFacts with(Patience newPatience) {
        return new PeerFacts(drive, cookies, limits, newPatience, trafficNanos);
    }

    /** Traffic was seen; news that come late do not turn the clock back. */
    PeerFacts trafficSeen(long nanos) {
        boolean newer = trafficNanos == Deadline.NEVER || nanos - trafficNanos > 0;
        return newer ? new PeerFacts(drive, cookies, limits, patience, nanos) : this;
    }
}
