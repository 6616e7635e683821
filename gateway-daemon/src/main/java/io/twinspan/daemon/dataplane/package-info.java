/**
 * The path of a packet between TUN and network. Runs on the data loops; takes commands from the control loop over bounded
 * queues and answers with events and counters. Allocates nothing per packet, throws nothing, blocks on nothing, and counts
 * every drop by name.
 */
@NullMarked
package io.twinspan.daemon.dataplane;

import org.jspecify.annotations.NullMarked;
