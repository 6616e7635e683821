/**
 * Deadlines as plain nanosecond numbers of a monotonic clock that the caller reads.
 */
@NullMarked
package io.twinspan.crypto.time;

import org.jspecify.annotations.NullMarked;
