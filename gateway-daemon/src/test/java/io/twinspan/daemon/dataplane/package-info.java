/** Tests of the packet path, without descriptors. */
@NullMarked
package io.twinspan.daemon.dataplane;

import org.jspecify.annotations.NullMarked;
