package io.twinspan.crypto.ike.message;

import java.util.Optional;

/**
 * The fixed header of an IKE message (RFC 7296 section 3.1), less what the encoder works out: next payload, version 2.0
 * and length.
 *
 * @param initiatorSpi SPI chosen by the original initiator
 * @param responderSpi SPI chosen by the original responder; 0 in the first message
 * @param exchangeType the IANA number, 0..255, known or not
 * @param flags the flag octet, 0..255, with bits nobody defined kept as they came
 * @param messageId an unsigned 32-bit number in an int
 */
public record IkeHeader(long initiatorSpi, long responderSpi, int exchangeType, int flags, int messageId) {
    /** Octets on the wire. */
    public static final int BYTES = 28;

    /** The sender was the original initiator of the IKE SA. */
    public static final int FLAG_INITIATOR = 0x08;

    /** The sender could speak a higher major version. */
    public static final int FLAG_VERSION = 0x10;

    /** The message answers a request with the same message id. */
    public static final int FLAG_RESPONSE = 0x20;

    static final int MAJOR_VERSION = 2;

    public IkeHeader {
        requireOctet(exchangeType, "exchange type");
        requireOctet(flags, "flags");
    }

    /** The header of a request. */
    public static IkeHeader request(
            ExchangeType exchange, long initiatorSpi, long responderSpi, boolean byInitiator, int messageId) {
        return new IkeHeader(
                initiatorSpi, responderSpi, exchange.number(), byInitiator ? FLAG_INITIATOR : 0, messageId);
    }

    /** The header of the response to a request with this header: same SPIs, exchange and message id. */
    public IkeHeader toResponse() {
        int responseFlags = FLAG_RESPONSE | (fromInitiator() ? 0 : FLAG_INITIATOR);
        return new IkeHeader(initiatorSpi, responderSpi, exchangeType, responseFlags, messageId);
    }

    /** The same header with another responder SPI. */
    public IkeHeader withResponderSpi(long spi) {
        return new IkeHeader(initiatorSpi, spi, exchangeType, flags, messageId);
    }

    /** The exchange, if it is one this code takes part in. */
    public Optional<ExchangeType> exchange() {
        return ExchangeType.of(exchangeType);
    }

    /** True where this is one particular exchange. */
    public boolean isExchange(ExchangeType exchange) {
        return exchangeType == exchange.number();
    }

    /** True where the message answers a request. */
    public boolean isResponse() {
        return (flags & FLAG_RESPONSE) != 0;
    }

    /** True where the sender was the original initiator of the IKE SA. */
    public boolean fromInitiator() {
        return (flags & FLAG_INITIATOR) != 0;
    }

    /** For people: {@code IKE_AUTH request 1}, or {@code exchange 99 response 4294967295}. */
    public String label() {
        String name = exchange().map(Enum::name).orElse("exchange " + exchangeType);
        return name + (isResponse() ? " response " : " request ") + Integer.toUnsignedString(messageId);
    }

    private static void requireOctet(int value, String what) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException(what + " " + value + " is not in 0..255");
        }
    }
}
