/** Tests of the egress queue, without a clock: models of the RFC's pseudo-code, of a policer and of TCP senders. */
@NullMarked
package io.twinspan.daemon.queue;

import org.jspecify.annotations.NullMarked;
