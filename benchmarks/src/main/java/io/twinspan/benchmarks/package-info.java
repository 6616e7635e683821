/** Measurements of Twinspan, each with a command in {@code benchmarks/}. Nothing here is part of the gateway. */
@NullMarked
package io.twinspan.benchmarks;

import org.jspecify.annotations.NullMarked;
