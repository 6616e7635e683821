package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;

/**
 * Network namespaces of single threads, namespaces(7). A thread that moves takes along neither other threads nor open
 * descriptors; threads and processes it starts afterwards are born where it is.
 *
 * <p>A user namespace cannot be entered here: unshare(2) refuses CLONE_NEWUSER in a process with more than one thread, and
 * a JVM always has more. Whoever has no rights starts the JVM under {@code unshare --user --map-root-user}.
 */
public final class Namespaces {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;

    private Namespaces() {}

    /** Moves the calling thread into a new, empty network namespace, unshare(2). */
    public static void unshareNetwork() {
        Libc.check(Libc.unshare(CLONE_NEWNET), "unshare CLONE_NEWNET");
    }

    /** Opens the calling thread's network namespace, open(2); keeps it alive until closed. */
    public static Descriptor currentNetwork() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Libc.open(arena.allocateFrom("/proc/thread-self/ns/net"), O_RDONLY_CLOEXEC);
            return new Descriptor(Libc.check(fd, "open /proc/thread-self/ns/net"));
        }
    }
}
