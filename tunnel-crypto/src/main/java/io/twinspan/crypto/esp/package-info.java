/**
 * The ESP packet path of RFC 4303: security associations with their counters and replay windows, sealing and opening
 * in place, and the arithmetic of its overhead. Mutable, preallocated, one owner thread per security association.
 */
@NullMarked
package io.twinspan.crypto.esp;

import org.jspecify.annotations.NullMarked;
