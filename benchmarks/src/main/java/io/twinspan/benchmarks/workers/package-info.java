/** What sealing workers add to one outbound loop. */
@NullMarked
package io.twinspan.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
