package io.twinspan.daemon.http;

import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.Sessions.Session;

/** What a request showed of its sender. */
sealed interface Proof {
    /** Nothing. */
    record None() implements Proof {}

    /** Something that is not so, or too often something that was not so. */
    record Refused(ApiResponse answer) implements Proof {}

    /** The kernel's word, or a secret in a header: no browser adds these by itself to what another site has it send. */
    record Deliberate(Grant grant) implements Proof {}

    /** A certificate, which browsers show whoever has them send the request. */
    record Certificate(Grant grant) implements Proof {}

    /** A cookie, which browsers send along in the same way. */
    record Cookie(Session session) implements Proof {}
}
