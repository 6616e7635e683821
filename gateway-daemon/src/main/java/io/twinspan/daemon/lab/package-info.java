/**
 * The lab: a gateway, an AWS side, a VPC host and an on-prem host on one machine, for learning, drills and tests.
 *
 * <p>Each node is a network namespace that one thread of this JVM lives in; threads, sockets and processes that this thread
 * starts live there too, and the kernel forgets the namespace and every device in it when the last of them ends. Nothing
 * is therefore left behind, not even after a kill. Needs root or a user namespace ({@code unshare -Ur}), {@code ip}, and for
 * {@code --nat} {@code nft}.
 *
 * <p>The lab may use everything; nothing but the command line may use the lab.
 */
@NullMarked
package io.twinspan.daemon.lab;

import org.jspecify.annotations.NullMarked;
