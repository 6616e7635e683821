/**
 * Key derivation of IKEv2: prf+ (RFC 7296 section 2.13), the seven keys of an IKE SA (2.14 and 2.18) and the keys of a
 * child SA (2.17), cut for AEAD ciphers as RFC 5282 and RFC 4106 say. Pure functions of their inputs; they run on the
 * control loop. Intermediate octets are zeroed once cut.
 */
@NullMarked
package io.twinspan.crypto.kdf;

import org.jspecify.annotations.NullMarked;
