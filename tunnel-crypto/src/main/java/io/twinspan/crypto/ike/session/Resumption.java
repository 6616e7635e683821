package io.twinspan.crypto.ike.session;

/** What taking up a snapshot needs to know of the present. */
record Resumption(IkeContext context, IkeTimers timers, long nowNanos) {}
