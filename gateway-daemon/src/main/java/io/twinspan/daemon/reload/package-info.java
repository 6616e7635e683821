/**
 * Changing the configuration of a running gateway: what an apply goes through until it is confirmed or rolled back, and what
 * is told of a change before it is made. Pure: functions of (state, event, now). The hands are {@code daemon.app}'s.
 *
 * <pre>
 *   Idle -- Requested --> Applying -- Applied, to be confirmed --> AwaitingConfirmation -- Confirmed --> Idle
 *                            |   \-- Applied, else -------------------------------------------------> Idle
 *                            |                                        | time is up, or asked for
 *                            \-- Failed (something did not return) -> RollingBack -- RolledBack --> Idle
 * </pre>
 */
@NullMarked
package io.twinspan.daemon.reload;

import org.jspecify.annotations.NullMarked;
