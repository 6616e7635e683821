@NullMarked
package io.twinspan.config.awsimport;

import org.jspecify.annotations.NullMarked;
