/** Reads the published test vectors under {@code src/test/resources/vectors}; each folder names their origin. */
@NullMarked
package io.twinspan.crypto.vectors;

import org.jspecify.annotations.NullMarked;
