/** {@code benchmarks/scale}: two gateways with 1, 10 and 100 connections between them. */
@NullMarked
package io.twinspan.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
