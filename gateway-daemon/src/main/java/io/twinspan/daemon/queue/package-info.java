/**
 * What decides when an outbound packet leaves, is marked, or is dropped while it waits to be sealed: a short queue with
 * active queue management (CoDel, RFC 8289; ECN, RFC 3168) and a pacer for the limits of AWS's policer.
 *
 * <p>Pure: no clock, no threads, no I/O; the caller brings the time. Each object belongs to one data loop and allocates
 * nothing after its construction. Times are those of {@code System.nanoTime} and are compared by their difference.
 */
@NullMarked
package io.twinspan.daemon.queue;

import org.jspecify.annotations.NullMarked;
