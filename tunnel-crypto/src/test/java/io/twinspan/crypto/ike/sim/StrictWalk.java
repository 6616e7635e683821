package io.twinspan.crypto.ike.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A strict reader of payload chains, written apart from the decoder under test: what this project sends must pass here
 * (RFC 7296 section 3.2), or a mistake that both our ends share would go unseen.
 */
public final class StrictWalk {
    public static final int SA = 33;
    public static final int KE = 34;
    public static final int ID_I = 35;
    public static final int ID_R = 36;
    public static final int AUTH = 39;
    public static final int NONCE = 40;
    public static final int NOTIFY = 41;
    public static final int DELETE = 42;
    public static final int VENDOR = 43;
    public static final int TS_I = 44;
    public static final int TS_R = 45;
    public static final int SK = 46;
    public static final int SKF = 53;

    private StrictWalk() {}

    /** One payload: its type, the critical bit and its body without the generic header. */
    public record Payload(int type, boolean critical, byte[] body) {
        /** A payload that is not critical. */
        public static Payload of(int type, byte[] body) {
            return new Payload(type, false, body);
        }
    }

    /** Checks a whole datagram; the inside of an SK payload stays closed. */
    public static List<Payload> message(byte[] message) {
        require(message.length >= WireHeader.BYTES, "shorter than a header", message);
        WireHeader header = WireHeader.read(message);
        require(header.length() == message.length, "length field " + header.length(), message);
        require(header.version() == 0x20, "version " + header.version(), message);
        require(
                (header.flags() & ~(WireHeader.FLAG_INITIATOR | WireHeader.FLAG_RESPONSE)) == 0,
                "flags " + header.flags(),
                message);
        require(header.initiatorSpi() != 0, "no initiator SPI", message);
        List<Payload> payloads = chain(header.nextPayload(), message, WireHeader.BYTES, message.length);
        boolean sealed = payloads.size() == 1
                && (payloads.getFirst().type() == SK || payloads.getFirst().type() == SKF);
        // An error response repeats the exchange type of what it answers, whatever that was.
        boolean error = isLoneErrorResponse(header, payloads);
        boolean knownExchange =
                header.exchange() >= WireHeader.IKE_SA_INIT && header.exchange() <= WireHeader.INFORMATIONAL;
        require(knownExchange || error, "exchange " + header.exchange(), message);
        boolean clearIsRight = header.exchange() == WireHeader.IKE_SA_INIT || error;
        require(sealed != clearIsRight, "protection", message);
        return payloads;
    }

    /** RFC 7296 sections 1.5 and 2.5: INVALID_IKE_SPI and INVALID_MAJOR_VERSION answer what cannot be protected. */
    static boolean isLoneErrorResponse(WireHeader header, List<Payload> payloads) {
        if (!header.isResponse()
                || payloads.size() != 1
                || payloads.getFirst().type() != NOTIFY
                || payloads.getFirst().body().length < 4) {
            return false;
        }
        int notify = ByteBuffer.wrap(payloads.getFirst().body()).getShort(2);
        return notify == 4 || notify == 5;
    }

    /** Checks a chain of payloads that must end exactly at {@code end}. */
    public static List<Payload> chain(int firstType, byte[] octets, int start, int end) {
        List<Payload> payloads = new ArrayList<>();
        int type = firstType;
        int at = start;
        while (type != 0) {
            require(end - at >= 4, "payload header of type " + type + " cut off", octets);
            ByteBuffer in = ByteBuffer.wrap(octets, at, 4);
            int next = in.get() & 0xff;
            int flags = in.get() & 0xff;
            int length = in.getShort() & 0xffff;
            require((flags & 0x7f) == 0, "reserved bits " + flags + " in payload " + type, octets);
            require(length >= 4 && length <= end - at, "payload " + type + " of length " + length, octets);
            byte[] body = new byte[length - 4];
            System.arraycopy(octets, at + 4, body, 0, body.length);
            payloads.add(new Payload(type, flags != 0, body));
            at += length;
            // The next payload field of SK names what is inside, and SK ends the chain (RFC 7296 section 3.14).
            type = type == SK || type == SKF ? 0 : next;
        }
        require(at == end, end - at + " octets after the last payload", octets);
        return payloads;
    }

    private static void require(boolean holds, String what, byte[] octets) {
        if (!holds) {
            throw new SimViolation(
                    "strict walk: " + what + " in " + HexFormat.of().formatHex(octets));
        }
    }
}
