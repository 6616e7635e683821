/** Composition root: the only package that knows every other. */
@NullMarked
package io.twinspan.daemon.app;

import org.jspecify.annotations.NullMarked;
