/**
 * The IKEv2 state machine of RFC 7296 as a pure function of (state, event, now). No sockets, no clock, no threads, no
 * logging: what happened leaves as {@link io.twinspan.crypto.ike.session.IkeEffect}s.
 */
@NullMarked
package io.twinspan.crypto.ike.session;

import org.jspecify.annotations.NullMarked;
