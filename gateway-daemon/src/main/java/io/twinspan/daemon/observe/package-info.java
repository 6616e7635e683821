/**
 * What operators see of the gateway's inner life: a journal of events with sequence numbers, the same events as one line of
 * structured log each, and counters by name.
 *
 * <p>Runs on the control loop; readers on other threads get copies. Takes texts that peers influenced only in escaped form
 * and never sees key material. Decides nothing.
 */
@NullMarked
package io.twinspan.daemon.observe;

import org.jspecify.annotations.NullMarked;
