package io.twinspan.crypto.ike.session;

/**
 * A deleted child SA that still opens late packets.
 *
 * @param child as it was when it was deleted
 * @param untilNanos when it is forgotten
 */
record Lingering(ChildSa child, long untilNanos) {}
