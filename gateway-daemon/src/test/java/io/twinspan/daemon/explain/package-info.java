/** Tests of the catalogue of explanations. */
@NullMarked
package io.twinspan.daemon.explain;

import org.jspecify.annotations.NullMarked;
