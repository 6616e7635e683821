package io.twinspan.crypto.ike.message;

import java.util.Optional;

/** Payload types of RFC 7296 section 3.2 and RFC 7383 section 2.5. */
public enum PayloadType {
    SECURITY_ASSOCIATION(33, "SA"),
    KEY_EXCHANGE(34, "KE"),
    IDENTIFICATION_INITIATOR(35, "IDi"),
    IDENTIFICATION_RESPONDER(36, "IDr"),
    CERTIFICATE(37, "CERT"),
    CERTIFICATE_REQUEST(38, "CERTREQ"),
    AUTHENTICATION(39, "AUTH"),
    NONCE(40, "Nonce"),
    NOTIFY(41, "N"),
    DELETE(42, "D"),
    VENDOR_ID(43, "V"),
    TRAFFIC_SELECTORS_INITIATOR(44, "TSi"),
    TRAFFIC_SELECTORS_RESPONDER(45, "TSr"),
    ENCRYPTED(46, "SK"),
    CONFIGURATION(47, "CP"),
    EXTENSIBLE_AUTHENTICATION(48, "EAP"),
    ENCRYPTED_FRAGMENT(53, "SKF");

    /** The number that ends a chain of payloads. */
    public static final int NO_NEXT_PAYLOAD = 0;

    private final int number;
    private final String notation;

    PayloadType(int number, String notation) {
        this.number = number;
        this.notation = notation;
    }

    /** The IANA number, 0..255. */
    public int number() {
        return number;
    }

    /** The RFC's short name, for example {@code TSi}. */
    public String notation() {
        return notation;
    }

    /** The type with this number, if it is known here. */
    public static Optional<PayloadType> of(int number) {
        for (PayloadType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
