@NullMarked
package io.twinspan.daemon.resume;

import org.jspecify.annotations.NullMarked;
