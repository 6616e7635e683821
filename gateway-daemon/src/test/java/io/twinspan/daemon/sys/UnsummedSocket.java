package io.twinspan.daemon.sys;

/** Makes a socket refuse UDP_SEGMENT with EINVAL, as udp(7) devices without checksums do with EIO. */
public final class UnsummedSocket {
    private static final int SO_NO_CHECK = 11;

    private UnsummedSocket() {}

    /** Has the kernel send without UDP checksums, socket(7); it then takes no message of several datagrams. */
    public static void make(OutsideSocket socket) {
        SocketOptions.set(socket.descriptor().fd(), SocketOptions.SOL_SOCKET, SO_NO_CHECK, 1, "SO_NO_CHECK");
    }
}
