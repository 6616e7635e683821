/** Tests of what is pure in the end-to-end comparison. */
@NullMarked
package io.twinspan.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
