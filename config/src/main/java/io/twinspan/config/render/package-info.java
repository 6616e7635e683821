/** The configuration in force as text: every default filled in, every secret left out. Pure; any thread. */
@NullMarked
package io.twinspan.config.render;

import org.jspecify.annotations.NullMarked;
