/**
 * Key material that redacts itself, and the source of randomness that the shell passes in.
 */
@NullMarked
package io.twinspan.crypto.secret;

import org.jspecify.annotations.NullMarked;
