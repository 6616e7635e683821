/**
 * What operators ask when something is wrong: checks of host and tunnels, what would become of a packet, where each prefix
 * goes, and what the last failure means.
 *
 * <p>Functions of gathered facts: no clock, no thread, no file, no socket here. {@link io.twinspan.daemon.diagnosis.Diagnosis}
 * is the port through which the API asks; whoever implements it gathers the facts. Never sees key material. Any thread.
 */
@NullMarked
package io.twinspan.daemon.diagnosis;

import org.jspecify.annotations.NullMarked;
