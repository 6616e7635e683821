/**
 * System calls through {@code java.lang.foreign}: one Java method per call, errno kept, no policy.
 *
 * <p>Method handles are static and final; memory that a call needs is owned by the object that makes it and confined to one
 * thread. Nothing here decides, retries or logs: a call that fails throws {@link io.twinspan.daemon.sys.SyscallException},
 * except reads and writes of packets, which return the negated errno because failing is an everyday event for them.
 * Linux on 64-bit little-endian machines only; structure offsets are those of the kernel's user headers.
 */
@NullMarked
package io.twinspan.daemon.sys;

import org.jspecify.annotations.NullMarked;
