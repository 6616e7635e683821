package io.twinspan.daemon.io;

import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.queue.CoDel;
import java.util.function.Supplier;

/**
 * What readers on the inbound loop need.
 *
 * @param path where ESP goes
 * @param memory the loop's memory
 * @param clock the loop's clock
 * @param drops counts what belongs to no SA
 * @param queue makes the queue management of a socket
 */
record InboundSide(
        InboundPath path, InboundMemory memory, LoopClock clock, DropCounters drops, Supplier<CoDel> queue) {}
