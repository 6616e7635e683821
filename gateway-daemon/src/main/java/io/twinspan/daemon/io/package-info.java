/**
 * Descriptors on event loops: the TUN device, UDP 500 and 4500, raw ESP. Implements the ports that {@code dataplane} and
 * {@code ike} define, so that nothing that decides can name a socket.
 *
 * <p>UDP 500 is read on the control loop, UDP 4500 and raw ESP on the inbound loop, the TUN on the outbound loop (RFC 3948
 * section 2 tells ESP, IKE and keepalives on port 4500 apart). Every descriptor is non-blocking; every read has a budget.
 */
@NullMarked
package io.twinspan.daemon.io;

import org.jspecify.annotations.NullMarked;
