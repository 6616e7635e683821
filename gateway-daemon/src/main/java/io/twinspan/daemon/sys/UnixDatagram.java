package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams, and with them descriptors, to a socket of the local domain, unix(7). The receiver is looked up for each
 * message, so one that was restarted is found again. Any thread.
 */
public final class UnixDatagram implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MAX_PATH_OCTETS = 107;
    private static final int NAME_OCTETS = 110;
    private static final int FAMILY_OCTETS = 2;

    private final Descriptor descriptor;
    private final byte[] path;
    private final boolean abstractName;

    private UnixDatagram(Descriptor descriptor, byte[] path, boolean abstractName) {
        this.descriptor = descriptor;
        this.path = path;
        this.abstractName = abstractName;
    }

    /**
     * Opens a socket towards a receiver, which need not exist yet.
     *
     * @param receiver a path, or a name in the abstract namespace with {@code @} in front
     */
    public static UnixDatagram to(String receiver) {
        byte[] path = receiver.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length > MAX_PATH_OCTETS) {
            throw new IllegalArgumentException("socket path '" + receiver + "' is not 1 to 107 octets long");
        }
        int fd = Libc.check(
                Libc.socket(AF_UNIX, SocketOptions.SOCK_DGRAM | SocketOptions.SOCK_CLOEXEC, 0), "socket AF_UNIX");
        return new UnixDatagram(new Descriptor(fd), path, receiver.startsWith("@"));
    }

    /**
     * Sends one message and waits for room at the receiver, sendmsg(2).
     *
     * @param passed descriptors to go with it; they stay open here
     * @throws SyscallException where nobody receives
     */
    public void send(byte[] message, Descriptor... passed) {
        Libc.check(send(message, 0, passed), "send to " + new String(path, StandardCharsets.UTF_8));
    }

    /** Sends one message if the receiver has room now; false where it has none, or where there is no receiver. */
    public boolean offer(byte[] message) {
        return send(message, MessageLayout.MSG_DONTWAIT) >= 0;
    }

    private int send(byte[] message, int flags, Descriptor... passed) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment head = arena.allocate(MessageLayout.MESSAGE_OCTETS, 8);
            MemorySegment iovec = arena.allocate(MessageLayout.IOVEC_OCTETS, 8);
            MemorySegment octets = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            iovec.set(ValueLayout.ADDRESS, 0, octets);
            iovec.set(ValueLayout.JAVA_LONG, 8, message.length);
            MemorySegment control = passed.length == 0 ? MemorySegment.NULL : rights(arena, passed);
            MessageLayout.wire(head, 0, name(arena), iovec, control);
            MessageLayout.lengths(head, 0, FAMILY_OCTETS + path.length, (int) control.byteSize());
            return Libc.sendmsg(descriptor.fd(), head, flags | MSG_NOSIGNAL);
        }
    }

    private MemorySegment name(Arena arena) {
        MemorySegment name = arena.allocate(NAME_OCTETS, 8);
        name.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, name, ValueLayout.JAVA_BYTE, FAMILY_OCTETS, path.length);
        if (abstractName) {
            name.set(ValueLayout.JAVA_BYTE, FAMILY_OCTETS, (byte) 0);
        }
        return name;
    }

    private static MemorySegment rights(Arena arena, Descriptor[] passed) {
        int length = MessageLayout.CMSG_DATA + passed.length * Integer.BYTES;
        MemorySegment control = arena.allocate(MessageLayout.cmsgSpace(length), 8);
        MessageLayout.writeCmsg(control, 0, length, SocketOptions.SOL_SOCKET, SCM_RIGHTS);
        for (int i = 0; i < passed.length; i++) {
            control.set(ValueLayout.JAVA_INT, MessageLayout.CMSG_DATA + (long) i * Integer.BYTES, passed[i].fd());
        }
        return control;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
