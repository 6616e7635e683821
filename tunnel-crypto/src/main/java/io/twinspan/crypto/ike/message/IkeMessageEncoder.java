package io.twinspan.crypto.ike.message;

import java.util.List;

/** Writes IKE messages (RFC 7296 section 3). For messages of our own making: what does not fit its field is a bug here. */
public final class IkeMessageEncoder {
    private static final int VERSION_2_0 = IkeHeader.MAJOR_VERSION << 4;
    private static final int LENGTH_OFFSET = 24;

    private IkeMessageEncoder() {}

    /**
     * The whole message.
     *
     * @throws IllegalArgumentException where a payload is longer than its length field can say
     */
    public static byte[] encode(IkeMessage message) {
        OctetWriter out = new OctetWriter();
        IkeHeader header = message.header();
        out.i64(header.initiatorSpi()).i64(header.responderSpi());
        out.u8(firstType(message.payloads())).u8(VERSION_2_0);
        out.u8(header.exchangeType()).u8(header.flags());
        out.i32(header.messageId()).i32(0);
        writeChain(out, message.payloads());
        out.i32At(LENGTH_OFFSET, out.size());
        return out.toArray();
    }

    /**
     * A chain of payloads without a header: what goes inside SK.
     *
     * @throws IllegalArgumentException where a payload is longer than its length field can say
     */
    public static byte[] encodeInner(List<IkePayload> payloads) {
        OctetWriter out = new OctetWriter();
        writeChain(out, payloads);
        return out.toArray();
    }

    /** The type number of the first payload, 0 for none. */
    public static int firstType(List<IkePayload> payloads) {
        return payloads.isEmpty()
                ? PayloadType.NO_NEXT_PAYLOAD
                : payloads.getFirst().type();
    }

    private static void writeChain(OctetWriter out, List<IkePayload> payloads) {
        for (int i = 0; i < payloads.size(); i++) {
            IkePayload payload = payloads.get(i);
            boolean last = i == payloads.size() - 1;
            int start = out.size();
            out.u8(nextType(
                    payload,
                    last ? PayloadType.NO_NEXT_PAYLOAD : payloads.get(i + 1).type(),
                    last));
            out.u8(0).u16(0);
            PayloadWriter.write(out, payload);
            out.lengthSince(start, start + 2);
        }
    }

    private static int nextType(IkePayload payload, int following, boolean last) {
        return switch (payload) {
            case IkePayload.Encrypted(int firstInnerType, Octets _) -> requireLast(firstInnerType, last);
            case IkePayload.EncryptedFragment(int firstInnerType, int _, int _, Octets _) ->
                requireLast(firstInnerType, last);
            case IkePayload.SecurityAssociation _,
                    IkePayload.KeyExchange _,
                    IkePayload.IdentificationInitiator _,
                    IkePayload.IdentificationResponder _,
                    IkePayload.Certificate _,
                    IkePayload.CertificateRequest _,
                    IkePayload.Authentication _,
                    IkePayload.Nonce _,
                    IkePayload.Notify _,
                    IkePayload.Delete _,
                    IkePayload.VendorId _,
                    IkePayload.TrafficSelectorsInitiator _,
                    IkePayload.TrafficSelectorsResponder _,
                    IkePayload.Configuration _,
                    IkePayload.ExtensibleAuthentication _,
                    IkePayload.Unknown _ -> following;
        };
    }

    private static int requireLast(int firstInnerType, boolean last) {
        if (!last) {
            throw new IllegalArgumentException("an encrypted payload is the last one (RFC 7296 section 3.14)");
        }
        return firstInnerType;
    }
}
