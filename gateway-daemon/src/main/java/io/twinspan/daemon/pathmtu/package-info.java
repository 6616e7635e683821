/**
 * Path MTU discovery for the outside path of one tunnel, after RFC 8899 (datagram packetization layer path MTU discovery).
 *
 * <p>ICMP is not believed, since anybody can forge it and AWS sends none: a size is proved by a padded probe through the
 * tunnel, with DF in the outer header, whose answer came back. Pure: a function of state, event and now.
 */
@NullMarked
package io.twinspan.daemon.pathmtu;

import org.jspecify.annotations.NullMarked;
