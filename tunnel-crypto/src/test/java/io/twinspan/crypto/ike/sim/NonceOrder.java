package io.twinspan.crypto.ike.sim;

/** Which of the four nonces of a collision is the lowest; its SA is the one to go (RFC 7296 section 2.8.1). */
enum NonceOrder {
    LEFT_REQUEST_LOWEST(Side.LEFT, true),
    LEFT_RESPONSE_LOWEST(Side.LEFT, false),
    RIGHT_REQUEST_LOWEST(Side.RIGHT, true),
    RIGHT_RESPONSE_LOWEST(Side.RIGHT, false);

    private static final int LOW = 0x00;
    private static final int HIGH = 0x80;
    private final Side chooser;
    private final boolean inRequest;

    NonceOrder(Side chooser, boolean inRequest) {
        this.chooser = chooser;
        this.inRequest = inRequest;
    }

    /** The side whose own exchange holds the lowest nonce, and so loses. */
    Side loser() {
        return inRequest ? chooser : chooser.other();
    }

    /** Nonces that both sides draw next are for requests. */
    void forRequests(ManualExchange exchange) {
        apply(exchange, true);
    }

    /** Nonces that both sides draw next are for responses. */
    void forResponses(ManualExchange exchange) {
        apply(exchange, false);
    }

    private void apply(ManualExchange exchange, boolean requests) {
        for (Side side : Side.values()) {
            boolean lowest = side == chooser && requests == inRequest;
            exchange.gateway(side).entropy().firstOctetOfNonces(lowest ? LOW : HIGH);
        }
    }
}
