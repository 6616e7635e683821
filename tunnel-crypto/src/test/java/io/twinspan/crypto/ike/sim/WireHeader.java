package io.twinspan.crypto.ike.sim;

import java.nio.ByteBuffer;

/** The fixed header of RFC 7296 section 3.1, read independently of the code under test. */
public record WireHeader(
        long initiatorSpi,
        long responderSpi,
        int nextPayload,
        int version,
        int exchange,
        int flags,
        int messageId,
        int length) {
    public static final int BYTES = 28;
    public static final int IKE_SA_INIT = 34;
    public static final int IKE_AUTH = 35;
    public static final int CREATE_CHILD_SA = 36;
    public static final int INFORMATIONAL = 37;
    public static final int FLAG_INITIATOR = 0x08;
    public static final int FLAG_RESPONSE = 0x20;

    /** Reads the first 28 octets; there must be that many. */
    public static WireHeader read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        return new WireHeader(
                in.getLong(),
                in.getLong(),
                in.get() & 0xff,
                in.get() & 0xff,
                in.get() & 0xff,
                in.get() & 0xff,
                in.getInt(),
                in.getInt());
    }

    /** True for a response. */
    public boolean isResponse() {
        return (flags & FLAG_RESPONSE) != 0;
    }

    /** True where the original initiator of the IKE SA sent it. */
    public boolean fromInitiator() {
        return (flags & FLAG_INITIATOR) != 0;
    }

    /** The SPI that the sender chose. */
    public long senderSpi() {
        return fromInitiator() ? initiatorSpi : responderSpi;
    }

    /** The SPI that the receiver chose, or 0. */
    public long receiverSpi() {
        return fromInitiator() ? responderSpi : initiatorSpi;
    }

    /** For people, as packet dumps print it. */
    public String describe() {
        String name = switch (exchange) {
            case IKE_SA_INIT -> "IKE_SA_INIT";
            case IKE_AUTH -> "IKE_AUTH";
            case CREATE_CHILD_SA -> "CREATE_CHILD_SA";
            case INFORMATIONAL -> "INFORMATIONAL";
            default -> "exchange " + exchange;
        };
        return name + (isResponse() ? " response " : " request ") + Integer.toUnsignedString(messageId) + " of "
                + Long.toHexString(initiatorSpi) + "_i " + Long.toHexString(responderSpi) + "_r, " + length + " octets";
    }
}
