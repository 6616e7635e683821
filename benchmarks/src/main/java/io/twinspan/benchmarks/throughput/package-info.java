/**
 * The end-to-end comparison: hosts and gateways in namespaces, one gateway program after the other, the same measures for all.
 *
 * <p>Everything that decides is pure: parsing, statistics, the search for a rate, the tables. Everything else starts programs
 * and reads what they print; it runs on one thread, one measure after the other.
 */
@NullMarked
package io.twinspan.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
