/** What lies between two configurations is found, whatever it is. */
@NullMarked
package io.twinspan.config.diff;

import org.jspecify.annotations.NullMarked;
