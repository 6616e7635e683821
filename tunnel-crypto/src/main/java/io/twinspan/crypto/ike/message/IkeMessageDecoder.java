package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.ike.message.DecodeResult.Decoded;
import io.twinspan.crypto.ike.message.DecodeResult.Malformed;
import io.twinspan.crypto.ike.message.DecodeResult.UnsupportedCritical;
import io.twinspan.crypto.ike.message.DecodeResult.UnsupportedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads IKE messages (RFC 7296 section 3.1 and 3.2). Never throws, whatever the octets; time and memory are bounded by the
 * length of the input and by the limits named here and in the readers of single payloads.
 */
public final class IkeMessageDecoder {
    /** Payloads in one chain; a real message has under thirty. */
    public static final int MAX_PAYLOADS = 128;

    private static final int IKEV1 = 1;
    private static final int CRITICAL = 0x80;
    private static final int GENERIC_HEADER_BYTES = 4;

    private IkeMessageDecoder() {}

    /** Reads the header only, for the checks that come before the payloads are worth a look. */
    public static HeaderResult decodeHeader(byte[] datagram) {
        try {
            return readHeader(new OctetReader(datagram, 0, datagram.length));
        } catch (MalformedException e) {
            return new HeaderResult.Refused(new Malformed(e.reason(), e.offset()));
        }
    }

    /** Reads a whole datagram; an SK or SKF payload stays encrypted. */
    public static DecodeResult decode(byte[] datagram) {
        return switch (decodeHeader(datagram)) {
            case HeaderResult.Refused(DecodeResult because) -> because;
            case HeaderResult.Read(IkeHeader header, int firstType) ->
                decodeChain(header, firstType, datagram, IkeHeader.BYTES, false);
        };
    }

    /**
     * Reads the payloads that were inside SK, or inside all the fragments.
     *
     * @param header of the message that carried them
     * @param firstType type of the first payload, 0 for none
     * @param plaintext the chain without padding and pad length
     */
    public static DecodeResult decodeInner(IkeHeader header, int firstType, byte[] plaintext) {
        return decodeChain(header, firstType, plaintext, 0, true);
    }

    private static HeaderResult readHeader(OctetReader in) throws MalformedException {
        int available = in.remaining();
        long initiatorSpi = in.i64("initiator SPI");
        long responderSpi = in.i64("responder SPI");
        int firstPayload = in.u8("next payload");
        int major = in.u8("version") >> 4;
        IkeHeader header =
                new IkeHeader(initiatorSpi, responderSpi, in.u8("exchange type"), in.u8("flags"), in.i32("message id"));
        long length = in.i32("length") & 0xffff_ffffL;
        // RFC 7296 section 2.5: IKEv1 is told by the version octet alone; nothing else of it is believed.
        if (major <= IKEV1) {
            return new HeaderResult.Refused(new UnsupportedVersion(major, header));
        }
        // RFC 7296 section 3.1: the length is that of the whole message, header included.
        if (length != available) {
            throw in.malformed("header says " + length + " octets, datagram has " + available);
        }
        if (major != IkeHeader.MAJOR_VERSION) {
            return new HeaderResult.Refused(new UnsupportedVersion(major, header));
        }
        return new HeaderResult.Read(header, firstPayload);
    }

    private static DecodeResult decodeChain(
            IkeHeader header, int firstType, byte[] octets, int offset, boolean decrypted) {
        OctetReader in = new OctetReader(octets, offset, octets.length);
        List<IkePayload> payloads = new ArrayList<>();
        try {
            int type = firstType;
            while (type != PayloadType.NO_NEXT_PAYLOAD) {
                if (payloads.size() == MAX_PAYLOADS) {
                    throw in.malformed("more than " + MAX_PAYLOADS + " payloads");
                }
                int next = in.u8("next payload");
                boolean critical = (in.u8("critical bit") & CRITICAL) != 0;
                int length = in.u16("payload length");
                OctetReader body = in.slice(length - GENERIC_HEADER_BYTES, "payload body");
                Optional<PayloadType> known = PayloadType.of(type);
                // RFC 7296 section 2.5: skip the unknown unless the sender forbids it; on the known, ignore the bit.
                if (known.isEmpty()) {
                    if (critical) {
                        return new UnsupportedCritical(type, header);
                    }
                    payloads.add(new IkePayload.Unknown(type, body.rest()));
                    type = next;
                    continue;
                }
                boolean encrypted = isEncrypted(known.get());
                if (encrypted && decrypted) {
                    throw in.malformed("an encrypted payload inside another");
                }
                payloads.add(PayloadReader.read(known.get(), next, body, header.isResponse()));
                // RFC 7296 section 3.14: SK is the last payload, and its next payload field speaks of the inside.
                type = encrypted ? PayloadType.NO_NEXT_PAYLOAD : next;
            }
            in.requireEnd("the last payload");
            return new Decoded(new IkeMessage(header, payloads));
        } catch (MalformedException e) {
            return new Malformed(e.reason(), e.offset());
        }
    }

    private static boolean isEncrypted(PayloadType type) {
        return type == PayloadType.ENCRYPTED || type == PayloadType.ENCRYPTED_FRAGMENT;
    }
}
