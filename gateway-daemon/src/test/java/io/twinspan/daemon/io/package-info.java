/** Tests of whole packet paths between two gateways in network namespaces. */
@NullMarked
package io.twinspan.daemon.io;

import org.jspecify.annotations.NullMarked;
