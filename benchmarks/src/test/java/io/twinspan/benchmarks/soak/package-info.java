/** Tests of what needs no gateway. */
@NullMarked
package io.twinspan.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
