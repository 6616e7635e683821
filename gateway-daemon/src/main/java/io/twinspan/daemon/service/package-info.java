/**
 * The daemon as a service of systemd: readiness, watchdog, descriptors that outlive a process, and the journal. Speaks the
 * protocols of sd_notify(3), sd_listen_fds(3) and systemd's native journal protocol by itself.
 *
 * <p>What is composed and decided is pure ({@link io.twinspan.daemon.service.ServiceEnvironment}, {@link
 * io.twinspan.daemon.service.NotifyMessage}, {@link io.twinspan.daemon.service.LoopRound}, {@link
 * io.twinspan.daemon.service.JournalMessage}); sockets are in the rest. Nothing here knows about tunnels or packets. Sending
 * to systemd may block and happens on the thread that starts the gateway or on one of this package's own, never on a loop;
 * the journal is told from the control loop and is never waited for.
 */
@NullMarked
package io.twinspan.daemon.service;

import org.jspecify.annotations.NullMarked;
