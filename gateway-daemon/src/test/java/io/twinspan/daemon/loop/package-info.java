/** Tests of the loops and of Netty's handle interface. */
@NullMarked
package io.twinspan.daemon.loop;

import org.jspecify.annotations.NullMarked;
