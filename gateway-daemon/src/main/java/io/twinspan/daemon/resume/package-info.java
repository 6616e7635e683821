/**
 * What outlives the process: IKE state, sequence numbers and operators' orders in one piece of shared memory that the service
 * manager holds between two processes. Written and read by the control loop; the number cells are written by the data loops.
 * Decides nothing: what is kept and whether it can be taken up is the business of those whose state it is.
 */
@NullMarked
package io.twinspan.daemon.resume;

import org.jspecify.annotations.NullMarked;
