package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.Endpoint;

/**
 * Between which endpoints an IKE SA and its child SAs travel.
 *
 * @param natLocal a NAT is on our side
 * @param natRemote a NAT is on the peer's side, or the peer pretends so to have ESP in UDP
 * @param udpEncapsulated ESP travels in UDP
 */
record SaPath(Endpoint local, Endpoint remote, boolean natLocal, boolean natRemote, boolean udpEncapsulated) {
    /** IKE and ESP share this port once a NAT is known (RFC 7296 section 2.23). */
    static final int NAT_TRAVERSAL_PORT = 4500;

    /** On both sides' port 4500 from now on. */
    SaPath floated() {
        return between(local.withPort(NAT_TRAVERSAL_PORT), remote.withPort(NAT_TRAVERSAL_PORT));
    }

    SaPath between(Endpoint newLocal, Endpoint newRemote) {
        return new SaPath(newLocal, newRemote, natLocal, natRemote, udpEncapsulated);
    }

    SaPath withRemote(Endpoint newRemote) {
        return between(local, newRemote);
    }

    boolean natDetected() {
        return natLocal || natRemote;
    }

    /** Where the ESP packets go. */
    EspPath esp() {
        return udpEncapsulated
                ? new EspPath(true, local.withPort(NAT_TRAVERSAL_PORT), espRemote())
                : new EspPath(false, local.withPort(0), remote.withPort(0));
    }

    /** While IKE is still on port 500, the peer's ESP port is the well-known one. */
    private Endpoint espRemote() {
        return local.port() == NAT_TRAVERSAL_PORT ? remote : remote.withPort(NAT_TRAVERSAL_PORT);
    }

    /**
     * True where the peer may be followed to a new endpoint: a host behind a NAT of its own must not follow, and a peer
     * that is behind none has no reason to move (RFC 7296 section 2.23).
     */
    boolean mayFollow(Endpoint newLocal, Endpoint newRemote) {
        return natRemote
                && !natLocal
                && local.equals(newLocal)
                && !remote.equals(newRemote)
                && remote.address().getClass() == newRemote.address().getClass();
    }
}
