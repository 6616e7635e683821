package io.twinspan.daemon.io;

import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.loop.LoopClock;

/**
 * What readers on the inbound loop need.
 *
 * @param path where ESP goes
 * @param memory the loop's memory
 * @param clock the loop's clock
 * @param drops counts what belongs to no SA
 */
record InboundSide(InboundPath path, InboundMemory memory, LoopClock clock, DropCounters drops) {}
