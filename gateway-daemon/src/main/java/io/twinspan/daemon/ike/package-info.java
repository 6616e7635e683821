/** The shell around the IKE machine: datagrams in, effects out. Runs on the control loop. */
@NullMarked
package io.twinspan.daemon.ike;

import org.jspecify.annotations.NullMarked;
