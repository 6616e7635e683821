/** Tests of what needs no gateway. */
@NullMarked
package io.twinspan.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
