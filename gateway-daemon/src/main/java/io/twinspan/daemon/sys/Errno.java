package io.twinspan.daemon.sys;

import java.util.Map;

/** Linux error numbers that this gateway meets, errno(3). */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EBADFD = 77;
    public static final int EMSGSIZE = 90;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ENOBUFS = 105;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;

    private record Known(String name, String text) {}

    private static final Map<Integer, Known> KNOWN = Map.ofEntries(
            Map.entry(EPERM, new Known("EPERM", "operation not permitted")),
            Map.entry(ENOENT, new Known("ENOENT", "no such file or directory")),
            Map.entry(ESRCH, new Known("ESRCH", "no such process, or no such route")),
            Map.entry(EINTR, new Known("EINTR", "interrupted")),
            Map.entry(EIO, new Known("EIO", "input/output error")),
            Map.entry(EBADF, new Known("EBADF", "bad file descriptor")),
            Map.entry(EAGAIN, new Known("EAGAIN", "try again")),
            Map.entry(ENOMEM, new Known("ENOMEM", "out of memory")),
            Map.entry(EACCES, new Known("EACCES", "permission denied")),
            Map.entry(EBUSY, new Known("EBUSY", "device or name is busy")),
            Map.entry(EEXIST, new Known("EEXIST", "exists already")),
            Map.entry(ENODEV, new Known("ENODEV", "no such device")),
            Map.entry(EINVAL, new Known("EINVAL", "invalid argument")),
            Map.entry(ENOSPC, new Known("ENOSPC", "no space left")),
            Map.entry(EBADFD, new Known("EBADFD", "descriptor in bad state: its device is gone")),
            Map.entry(EMSGSIZE, new Known("EMSGSIZE", "message too long")),
            Map.entry(EOPNOTSUPP, new Known("EOPNOTSUPP", "operation not supported")),
            Map.entry(EAFNOSUPPORT, new Known("EAFNOSUPPORT", "address family not supported")),
            Map.entry(EADDRINUSE, new Known("EADDRINUSE", "address or port already in use")),
            Map.entry(EADDRNOTAVAIL, new Known("EADDRNOTAVAIL", "address is not one of this host")),
            Map.entry(ENETDOWN, new Known("ENETDOWN", "network is down")),
            Map.entry(ENETUNREACH, new Known("ENETUNREACH", "network is unreachable")),
            Map.entry(ENOBUFS, new Known("ENOBUFS", "no buffer space")),
            Map.entry(ECONNREFUSED, new Known("ECONNREFUSED", "connection refused")),
            Map.entry(EHOSTUNREACH, new Known("EHOSTUNREACH", "no route to host")));

    private Errno() {}

    /** The symbolic name, or {@code errno N} for a number this gateway does not expect. */
    public static String nameOf(int errno) {
        Known known = KNOWN.get(errno);
        return known == null ? "errno " + errno : known.name();
    }

    /** What the number means, in words. */
    public static String textOf(int errno) {
        Known known = KNOWN.get(errno);
        return known == null ? "unexpected error" : known.text();
    }
}
