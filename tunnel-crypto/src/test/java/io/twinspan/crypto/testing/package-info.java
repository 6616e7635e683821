/** Test support shared between packages: reading capture files and the UDP datagrams in them. */
@NullMarked
package io.twinspan.crypto.testing;

import org.jspecify.annotations.NullMarked;
