/** Tests of what measurements are computed with. */
@NullMarked
package io.twinspan.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
