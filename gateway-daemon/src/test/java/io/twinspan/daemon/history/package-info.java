@NullMarked
package io.twinspan.daemon.history;

import org.jspecify.annotations.NullMarked;
