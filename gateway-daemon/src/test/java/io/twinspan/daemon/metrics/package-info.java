/** Tests of the meters. */
@NullMarked
package io.twinspan.daemon.metrics;

import org.jspecify.annotations.NullMarked;
