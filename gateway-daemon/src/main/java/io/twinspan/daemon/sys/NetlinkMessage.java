package io.twinspan.daemon.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds one netlink request, netlink(7): header, fixed part, attributes. Allocates; not for packets. */
final class NetlinkMessage {
    static final int NLM_F_DUMP = 0x300;
    static final int NLM_F_REPLACE = 0x100;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;

    static final int HEADER_OCTETS = 16;

    private static final int MAX_OCTETS = 4096;
    private static final int NLM_F_REQUEST = 0x1;
    private static final int NLM_F_ACK = 0x4;
    private static final int NLA_F_NESTED = 0x8000;

    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_OCTETS).order(ByteOrder.nativeOrder());

    /** A request that ends with an acknowledgement, or with the end of its dump. */
    NetlinkMessage(int type, int flags) {
        int acknowledged = (flags & NLM_F_DUMP) == NLM_F_DUMP ? 0 : NLM_F_ACK;
        buffer.putInt(0).putShort((short) type).putShort((short) (flags | NLM_F_REQUEST | acknowledged));
        buffer.putInt(0).putInt(0);
    }

    /** {@code struct ifinfomsg}. */
    NetlinkMessage link(int index, int flags, int changed) {
        buffer.put((byte) 0).put((byte) 0).putShort((short) 0);
        buffer.putInt(index).putInt(flags).putInt(changed);
        return this;
    }

    /** {@code struct ifaddrmsg}. */
    NetlinkMessage address(int family, int prefixLength, int index) {
        buffer.put((byte) family).put((byte) prefixLength).put((byte) 0).put((byte) 0);
        buffer.putInt(index);
        return this;
    }

    /** {@code struct rtmsg} of the main table. */
    NetlinkMessage route(int family, int destinationLength, int table, int protocol, int scope, int type) {
        buffer.put((byte) family).put((byte) destinationLength).put((byte) 0).put((byte) 0);
        buffer.put((byte) table).put((byte) protocol).put((byte) scope).put((byte) type);
        buffer.putInt(0);
        return this;
    }

    /** {@code struct rtmsg} of a question about one packet. */
    NetlinkMessage routeQuery(int family, int addressBits, int flags) {
        buffer.put((byte) family)
                .put((byte) addressBits)
                .put((byte) addressBits)
                .put((byte) 0);
        buffer.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
        buffer.putInt(flags);
        return this;
    }

    NetlinkMessage attribute(int type, byte[] value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return align();
    }

    NetlinkMessage attribute(int type, int value) {
        buffer.putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    NetlinkMessage attribute(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** An attribute that holds others: {@code content} adds them. */
    NetlinkMessage nested(int type, Runnable content) {
        int start = buffer.position();
        buffer.putShort((short) 0).putShort((short) (type | NLA_F_NESTED));
        content.run();
        buffer.putShort(start, (short) (buffer.position() - start));
        return align();
    }

    /** The finished message. */
    byte[] encode(int sequence) {
        buffer.putInt(0, buffer.position()).putInt(8, sequence);
        byte[] result = new byte[buffer.position()];
        buffer.get(0, result);
        return result;
    }

    private NetlinkMessage align() {
        while ((buffer.position() & 3) != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }
}
