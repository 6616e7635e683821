/** {@code benchmarks/soak}: full load for half an hour with a rekey every half a minute, and a verdict. */
@NullMarked
package io.twinspan.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
