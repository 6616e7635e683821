@NullMarked
package io.twinspan.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
