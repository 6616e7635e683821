package io.twinspan.crypto.ike.message;

import java.io.ByteArrayOutputStream;

/** Messages made octet by octet, for what our encoder would not write. */
final class Messages {
    private Messages() {}

    /** A header whose length field is right, followed by a payload chain. */
    static byte[] withChain(int firstPayload, byte[] chain) {
        byte[] message = new byte[IkeHeader.BYTES + chain.length];
        message[0] = 1;
        message[16] = (byte) firstPayload;
        message[17] = 0x20;
        message[18] = (byte) ExchangeType.IKE_SA_INIT.number();
        message[19] = IkeHeader.FLAG_INITIATOR;
        System.arraycopy(chain, 0, message, IkeHeader.BYTES, chain.length);
        setLength(message);
        return message;
    }

    /** One payload with its generic header. */
    static byte[] payload(int next, int reserved, byte... body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(next);
        out.write(reserved);
        out.write((body.length + 4) >> 8);
        out.write(body.length + 4);
        out.writeBytes(body);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] octets(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    static void setLength(byte[] message) {
        message[24] = (byte) (message.length >> 24);
        message[25] = (byte) (message.length >> 16);
        message[26] = (byte) (message.length >> 8);
        message[27] = (byte) message.length;
    }
}
