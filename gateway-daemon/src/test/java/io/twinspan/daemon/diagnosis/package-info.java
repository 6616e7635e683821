/** Tests of checks, traces and explanations. */
@NullMarked
package io.twinspan.daemon.diagnosis;

import org.jspecify.annotations.NullMarked;
