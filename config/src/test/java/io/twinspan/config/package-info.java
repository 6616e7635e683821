@NullMarked
package io.twinspan.config;

import org.jspecify.annotations.NullMarked;
