package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A blocking rtnetlink socket, netlink(7), rtnetlink(7). Confined to the thread that made it. */
final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int BUFFER_OCTETS = 1 << 16;
    private static final int MAX_DATAGRAMS = 100_000;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(BUFFER_OCTETS, 8);
    private final Descriptor descriptor;
    private int sequence;

    NetlinkSocket() {
        int fd = Libc.socket(AF_NETLINK, SocketOptions.SOCK_RAW | SocketOptions.SOCK_CLOEXEC, 0);
        descriptor = new Descriptor(Libc.check(fd, "socket AF_NETLINK"));
    }

    /**
     * Sends a request and collects the bodies of what the kernel answers before its acknowledgement or the end of the dump.
     *
     * @throws SyscallException where the kernel refuses
     */
    List<byte[]> exchange(NetlinkMessage request, String call) {
        int expected = ++sequence;
        byte[] encoded = request.encode(expected);
        MemorySegment.copy(encoded, 0, buffer, ValueLayout.JAVA_BYTE, 0, encoded.length);
        Libc.check(Libc.send(descriptor.fd(), buffer, encoded.length, 0), call);
        List<byte[]> bodies = new ArrayList<>();
        for (int datagrams = 0; datagrams < MAX_DATAGRAMS; datagrams++) {
            int received = Libc.check(Libc.recv(descriptor.fd(), buffer, BUFFER_OCTETS, 0), call);
            if (collect(received, expected, bodies, call)) {
                return bodies;
            }
        }
        throw new SyscallException(call, Errno.EIO);
    }

    /** Takes the messages of one datagram; true where the answer is complete. */
    private boolean collect(int received, int expected, List<byte[]> bodies, String call) {
        ByteBuffer view = buffer.asSlice(0, received).asByteBuffer().order(ByteOrder.nativeOrder());
        int at = 0;
        while (at + NetlinkMessage.HEADER_OCTETS <= received) {
            int length = view.getInt(at);
            int type = Short.toUnsignedInt(view.getShort(at + 4));
            if (length < NetlinkMessage.HEADER_OCTETS || at + length > received) {
                throw new SyscallException(call, Errno.EIO);
            }
            if (view.getInt(at + 8) == expected) {
                if (type == NLMSG_DONE) {
                    return true;
                }
                if (type == NLMSG_ERROR) {
                    Libc.check(view.getInt(at + NetlinkMessage.HEADER_OCTETS), call);
                    return true;
                }
                byte[] body = new byte[length - NetlinkMessage.HEADER_OCTETS];
                view.get(at + NetlinkMessage.HEADER_OCTETS, body);
                bodies.add(body);
            }
            at += (length + 3) & ~3;
        }
        return false;
    }

    @Override
    public void close() {
        descriptor.close();
        arena.close();
    }
}
