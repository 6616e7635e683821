/** What the daemon's tests share. */
@NullMarked
package io.twinspan.daemon;

import org.jspecify.annotations.NullMarked;
