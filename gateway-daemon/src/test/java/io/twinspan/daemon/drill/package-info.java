@NullMarked
package io.twinspan.daemon.drill;

import org.jspecify.annotations.NullMarked;
