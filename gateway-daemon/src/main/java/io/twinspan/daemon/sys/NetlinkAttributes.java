package io.twinspan.daemon.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fixed part and the attributes of one netlink answer. */
final class NetlinkAttributes {
    private final byte[] fixed;
    private final Map<Integer, byte[]> attributes = new HashMap<>();

    /** Reads a message body whose fixed part is {@code fixedOctets} long; what is cut short is left out. */
    NetlinkAttributes(byte[] body, int fixedOctets) {
        fixed = java.util.Arrays.copyOf(body, fixedOctets);
        ByteBuffer buffer = ByteBuffer.wrap(body).order(ByteOrder.nativeOrder());
        int at = fixedOctets;
        while (at + 4 <= body.length) {
            int length = Short.toUnsignedInt(buffer.getShort(at));
            if (length < 4 || at + length > body.length) {
                return;
            }
            byte[] value = new byte[length - 4];
            buffer.get(at + 4, value);
            attributes.put(buffer.getShort(at + 2) & 0x3fff, value);
            at += (length + 3) & ~3;
        }
    }

    int fixedOctet(int position) {
        return fixed[position] & 0xff;
    }

    int fixedInt(int position) {
        return ByteBuffer.wrap(fixed).order(ByteOrder.nativeOrder()).getInt(position);
    }

    Optional<byte[]> octets(int type) {
        return Optional.ofNullable(attributes.get(type));
    }

    int number(int type, int otherwise) {
        return octets(type)
                .filter(value -> value.length >= Integer.BYTES)
                .map(value ->
                        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt())
                .orElse(otherwise);
    }
}
