/** Tests of what measurements are computed with. */
@NullMarked
package io.twinspan.benchmarks;

import org.jspecify.annotations.NullMarked;
