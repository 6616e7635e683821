/**
 * The algorithms Twinspan can negotiate, as the IANA IKEv2 registries number them, and the sets of them that a
 * configuration offers. Values only: nothing here computes.
 */
@NullMarked
package io.twinspan.crypto.suite;

import org.jspecify.annotations.NullMarked;
