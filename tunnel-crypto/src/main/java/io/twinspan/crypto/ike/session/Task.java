package io.twinspan.crypto.ike.session;

/** An exchange that is wanted and waits for the request window. */
sealed interface Task {
    /** Is the peer there? (RFC 7296 section 2.4) */
    record CheckLiveness() implements Task {}

    /** Make a child SA where there is none. */
    record CreateChild() implements Task {}

    /** Replace a child SA. */
    record RekeyChild(int inboundSpi) implements Task {}

    /** Close a child SA. */
    record DeleteChild(int inboundSpi) implements Task {}

    /** Close a child SA that only the peer believes in. */
    record DisownChild(int inboundSpi) implements Task {}

    /** Replace the IKE SA. */
    record RekeyIke() implements Task {}

    /** Close the IKE SA. */
    record DeleteIke() implements Task {}

    /** Tell the peer that its AUTH payload was refused, and close (RFC 7296 section 2.21.2). */
    record RefuseAuthentication() implements Task {}

    /** Tell the peer about ESP with an SPI that nobody has (RFC 7296 section 1.5). */
    record TellInvalidSpi(int spi) implements Task {}
}
