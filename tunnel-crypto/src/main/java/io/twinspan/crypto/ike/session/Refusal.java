package io.twinspan.crypto.ike.session;

/** An error notify to our IKE_SA_INIT, which nobody has authenticated (RFC 7296 section 2.21.1). */
sealed interface Refusal {
    /** None came. */
    record None() implements Refusal {}

    /** One came; a good response may still overtake it until the patience ends. */
    record Heard(IkeReport.DownCause cause, String detail) implements Refusal {}
}
