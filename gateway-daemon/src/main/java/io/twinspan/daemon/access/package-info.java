/**
 * Who may use the control API, and as what: groups of the Unix socket, bearer tokens, certificates, one-time links, sessions,
 * the Host header, and how often one peer may ask.
 *
 * <p>Pure: no socket, file, thread, clock or randomness. Whoever calls brings the time, in nanoseconds that only grow, and the
 * random octets. Objects with state belong to the admin loop. Secrets are kept as hashes wherever a comparison is all that is
 * needed, and no {@code toString} shows one.
 */
@NullMarked
package io.twinspan.daemon.access;

import org.jspecify.annotations.NullMarked;
