/** Test support shared between packages: capture files and the UDP datagrams in them, and the cipher engines there are. */
@NullMarked
package io.twinspan.crypto.testing;

import org.jspecify.annotations.NullMarked;
