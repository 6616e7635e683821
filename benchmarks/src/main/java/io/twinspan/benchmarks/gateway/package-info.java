/** Twinspan daemons that are measured: their process, their control socket, their memory. */
@NullMarked
package io.twinspan.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
