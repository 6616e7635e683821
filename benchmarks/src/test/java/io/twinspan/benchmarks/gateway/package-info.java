/** Tests of what needs no gateway. */
@NullMarked
package io.twinspan.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
