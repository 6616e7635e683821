/**
 * Who the peer is: the octets that the AUTH payload covers and the pre-shared-key method (RFC 7296 section 2.15). Pure
 * functions for the control loop. A check never ends early at the first octet that differs, and no secret appears in a
 * text.
 */
@NullMarked
package io.twinspan.crypto.ike.auth;

import org.jspecify.annotations.NullMarked;
