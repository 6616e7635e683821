/**
 * What the tunnels were like in the last hour, second by second, and in the last day, ten seconds at a time: for charts
 * that are full from the first minute on, without a database.
 *
 * <p>The control loop feeds it once a second with what it knows anyway, and asks it; nothing else does. Pure: no clock, no
 * threads, no logging, instants come in as numbers. Memory is bounded by {@link io.twinspan.daemon.history.SampleRing}s: less
 * than half a megabyte for a tunnel, taken as time passes.
 */
@NullMarked
package io.twinspan.daemon.history;

import org.jspecify.annotations.NullMarked;
