/**
 * JMH benchmarks of the parts of the packet path. Classes are public and not final because JMH's generated code extends
 * them.
 */
@NullMarked
package io.twinspan.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
