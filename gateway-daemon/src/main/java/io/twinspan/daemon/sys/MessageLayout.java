package io.twinspan.daemon.sys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Offsets of {@code struct mmsghdr}, {@code struct iovec} and {@code struct cmsghdr} on 64-bit Linux, recvmmsg(2), cmsg(3). */
final class MessageLayout {
    static final int MESSAGE_OCTETS = 64;
    static final int IOVEC_OCTETS = 16;
    static final int CONTROL_OCTETS = 128;
    static final int NAME_OCTETS = 32;
    static final int MSG_DONTWAIT = 0x40;

    static final int CMSG_LEVEL = 8;
    static final int CMSG_TYPE = 12;
    static final int CMSG_DATA = 16;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int TRANSFERRED = 56;

    private MessageLayout() {}

    /** Ties the parts of message {@code index} together. */
    static void wire(
            MemorySegment messages, int index, MemorySegment name, MemorySegment iovec, MemorySegment control) {
        long at = (long) index * MESSAGE_OCTETS;
        messages.set(ValueLayout.ADDRESS, at + NAME, name);
        messages.set(ValueLayout.ADDRESS, at + IOV, iovec);
        messages.set(ValueLayout.JAVA_LONG, at + IOV_COUNT, 1);
        messages.set(ValueLayout.ADDRESS, at + CONTROL, control);
    }

    static void lengths(MemorySegment messages, int index, int nameLength, int controlLength) {
        long at = (long) index * MESSAGE_OCTETS;
        messages.set(ValueLayout.JAVA_INT, at + NAME_LENGTH, nameLength);
        messages.set(ValueLayout.JAVA_LONG, at + CONTROL_LENGTH, controlLength);
        messages.set(ValueLayout.JAVA_INT, at + FLAGS, 0);
    }

    static int nameLength(MemorySegment messages, int index) {
        return messages.get(ValueLayout.JAVA_INT, (long) index * MESSAGE_OCTETS + NAME_LENGTH);
    }

    /** Writes the head of a control message, cmsg(3); its data follow at {@link #CMSG_DATA}. */
    static void writeCmsg(MemorySegment control, long at, int length, int level, int type) {
        control.set(ValueLayout.JAVA_LONG, at, length);
        control.set(ValueLayout.JAVA_INT, at + CMSG_LEVEL, level);
        control.set(ValueLayout.JAVA_INT, at + CMSG_TYPE, type);
    }

    /** What a control message of this length takes up, CMSG_SPACE; never nothing, so that a walk ends. */
    static long cmsgSpace(long length) {
        return Math.max(CMSG_DATA, (length + 7) & -8L);
    }

    static int transferred(MemorySegment messages, int index) {
        return messages.get(ValueLayout.JAVA_INT, (long) index * MESSAGE_OCTETS + TRANSFERRED);
    }

    static long controlLength(MemorySegment messages, int index) {
        return messages.get(ValueLayout.JAVA_LONG, (long) index * MESSAGE_OCTETS + CONTROL_LENGTH);
    }
}
