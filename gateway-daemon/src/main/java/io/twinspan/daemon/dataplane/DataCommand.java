package io.twinspan.daemon.dataplane;

/** A command from the control loop to a data loop, over a bounded queue, taken in order between packets. */
sealed interface DataCommand permits InboundCommand, OutboundCommand {}
