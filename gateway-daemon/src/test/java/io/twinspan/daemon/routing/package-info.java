/** Tests of routes and addresses, in network namespaces. */
@NullMarked
package io.twinspan.daemon.routing;

import org.jspecify.annotations.NullMarked;
