@NullMarked
package io.twinspan.daemon.archive;

import org.jspecify.annotations.NullMarked;
