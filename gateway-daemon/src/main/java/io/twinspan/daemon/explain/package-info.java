/**
 * The catalogue behind {@code twinspan explain}: every code that the gateway can show, in plain words. Knows no other package
 * of the daemon, so that the command line can use it without a daemon. Pure but for reading its own resource; any thread.
 */
@NullMarked
package io.twinspan.daemon.explain;

import org.jspecify.annotations.NullMarked;
