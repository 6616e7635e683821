/**
 * {@code benchmarks/pipeline}: the packet path from TUN to TUN on one thread, with memory in place of descriptors. Every
 * class of the product that touches a packet is in it; {@link io.twinspan.benchmarks.pipeline.LoopedGateway} wires them.
 */
@NullMarked
package io.twinspan.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
