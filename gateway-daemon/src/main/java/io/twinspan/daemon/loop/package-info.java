/**
 * Event loops: one control loop, one data loop for each direction, each a single Netty thread on epoll.
 *
 * <p>This is the one package that meets Netty's young handle interface, so its traps are guarded here: an exception that
 * leaves a handle puts the loop to sleep for a second, so {@link io.twinspan.daemon.loop.GuardedHandle} lets none out; a
 * registration that drops all interest cannot be armed again, so a paused descriptor keeps asking for errors; the wrapper
 * that {@code register} returns is what must be cancelled. {@code NettyContractTest} holds the observed behaviour.
 *
 * <p>Threads talk through bounded {@link io.twinspan.daemon.loop.CommandQueue}s. Each loop reads the clock once per wake-up
 * through its {@link io.twinspan.daemon.loop.LoopClock}; everything below it is told the time.
 */
@NullMarked
package io.twinspan.daemon.loop;

import org.jspecify.annotations.NullMarked;
