package io.twinspan.crypto.ike.message;

import java.util.Optional;

/** The exchanges this code takes part in (RFC 7296 section 3.1). Other numbers stay numbers in {@link IkeHeader}. */
public enum ExchangeType {
    IKE_SA_INIT(34),
    IKE_AUTH(35),
    CREATE_CHILD_SA(36),
    INFORMATIONAL(37);

    private final int number;

    ExchangeType(int number) {
        this.number = number;
    }

    /** The IANA number, 0..255. */
    public int number() {
        return number;
    }

    /** The exchange with this number, if it is one of ours. */
    public static Optional<ExchangeType> of(int number) {
        for (ExchangeType exchange : values()) {
            if (exchange.number == number) {
                return Optional.of(exchange);
            }
        }
        return Optional.empty();
    }
}
