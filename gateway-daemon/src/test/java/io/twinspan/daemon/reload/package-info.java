/** Changes of the configuration: their lives and what is told of them. */
@NullMarked
package io.twinspan.daemon.reload;

import org.jspecify.annotations.NullMarked;
