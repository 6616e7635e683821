package io.twinspan.crypto.ike.message;

import java.util.ArrayList;
import java.util.List;

/** Reads the bodies of single payloads (RFC 7296 sections 3.3 to 3.16). */
final class PayloadReader {
    /** An identity is an address, a name or a distinguished name; none of them is longer in earnest. */
    static final int MAX_IDENTITY_BYTES = 4_096;

    /** SPIs in one Delete payload. */
    static final int MAX_DELETED_SPIS = 1_024;

    private PayloadReader() {}

    /**
     * Reads the body of one payload.
     *
     * @param next the generic header's next payload field, which for SK and SKF speaks of the inside
     * @param response whether the message answers a request
     */
    static IkePayload read(PayloadType type, int next, OctetReader body, boolean response) throws MalformedException {
        return switch (type) {
            case SECURITY_ASSOCIATION -> ProposalReader.read(body, response);
            case KEY_EXCHANGE -> readKeyExchange(body);
            case IDENTIFICATION_INITIATOR -> {
                int idType = readTypeAndReserved(body, "identity type");
                yield new IkePayload.IdentificationInitiator(idType, readIdentity(body));
            }
            case IDENTIFICATION_RESPONDER -> {
                int idType = readTypeAndReserved(body, "identity type");
                yield new IkePayload.IdentificationResponder(idType, readIdentity(body));
            }
            case CERTIFICATE -> new IkePayload.Certificate(body.rest());
            case CERTIFICATE_REQUEST -> new IkePayload.CertificateRequest(body.rest());
            case AUTHENTICATION -> {
                int method = readTypeAndReserved(body, "authentication method");
                yield new IkePayload.Authentication(method, body.rest());
            }
            case NONCE -> new IkePayload.Nonce(body.rest());
            case NOTIFY -> readNotify(body);
            case DELETE -> readDelete(body);
            case VENDOR_ID -> new IkePayload.VendorId(body.rest());
            case TRAFFIC_SELECTORS_INITIATOR ->
                new IkePayload.TrafficSelectorsInitiator(TrafficSelectorReader.read(body));
            case TRAFFIC_SELECTORS_RESPONDER ->
                new IkePayload.TrafficSelectorsResponder(TrafficSelectorReader.read(body));
            case CONFIGURATION -> new IkePayload.Configuration(body.rest());
            case EXTENSIBLE_AUTHENTICATION -> new IkePayload.ExtensibleAuthentication(body.rest());
            case ENCRYPTED -> new IkePayload.Encrypted(next, body.rest());
            case ENCRYPTED_FRAGMENT -> readFragment(next, body);
        };
    }

    private static IkePayload readFragment(int firstInnerType, OctetReader body) throws MalformedException {
        int number = body.u16("fragment number");
        int total = body.u16("total fragments");
        // RFC 7383 section 2.5: both count from 1, and the number cannot pass the total.
        if (number < 1 || number > total) {
            throw body.malformed("fragment " + number + " of " + total);
        }
        return new IkePayload.EncryptedFragment(firstInnerType, number, total, body.rest());
    }

    private static IkePayload readKeyExchange(OctetReader body) throws MalformedException {
        int method = body.u16("key exchange method");
        body.u16("reserved");
        return new IkePayload.KeyExchange(method, body.rest());
    }

    private static int readTypeAndReserved(OctetReader body, String what) throws MalformedException {
        int type = body.u8(what);
        body.slice(3, "reserved");
        return type;
    }

    private static Octets readIdentity(OctetReader body) throws MalformedException {
        if (body.remaining() > MAX_IDENTITY_BYTES) {
            throw body.malformed("identity of " + body.remaining() + " octets");
        }
        return body.rest();
    }

    private static IkePayload readNotify(OctetReader body) throws MalformedException {
        int protocol = body.u8("protocol id");
        int spiSize = body.u8("SPI size");
        int type = body.u16("notify type");
        // RFC 7296 section 3.10: none, an ESP or AH SPI, or (from some peers) an IKE SPI.
        if (spiSize != 0 && spiSize != Integer.BYTES && spiSize != Long.BYTES) {
            throw body.malformed("notify with an SPI of " + spiSize + " octets");
        }
        Octets spi = body.octets(spiSize, "notify SPI");
        return new IkePayload.Notify(protocol, spi, type, body.rest());
    }

    private static IkePayload readDelete(OctetReader body) throws MalformedException {
        int protocol = body.u8("protocol id");
        int spiSize = body.u8("SPI size");
        int count = body.u16("number of SPIs");
        if (protocol < SecurityProtocol.IKE || protocol > SecurityProtocol.ESP) {
            throw body.malformed("delete for protocol " + protocol);
        }
        // RFC 7296 section 3.11: no SPI for the IKE SA, four octets each for AH and ESP.
        boolean ike = protocol == SecurityProtocol.IKE;
        if (spiSize != (ike ? 0 : Integer.BYTES) || (ike && count != 0) || count > MAX_DELETED_SPIS) {
            throw body.malformed("delete of " + count + " SPIs of " + spiSize + " octets");
        }
        List<Integer> spis = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spis.add(body.i32("deleted SPI"));
        }
        body.requireEnd("the SPIs");
        return new IkePayload.Delete(protocol, spis);
    }
}
