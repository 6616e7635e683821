/** Tests of the system calls against the running kernel. */
@NullMarked
package io.twinspan.daemon.sys;

import org.jspecify.annotations.NullMarked;
