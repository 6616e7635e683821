package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkePayload.IdentificationInitiator;
import io.twinspan.crypto.ike.message.IkePayload.IdentificationResponder;

/** Identities between policy and payloads (RFC 7296 section 3.5). */
final class Identities {
    private static final int FIXED_BYTES = 4;

    private Identities() {}

    static IkeIdentity of(IdentificationInitiator payload) {
        return new IkeIdentity(payload.idType(), payload.data().toArray());
    }

    static IkeIdentity of(IdentificationResponder payload) {
        return new IkeIdentity(payload.idType(), payload.data().toArray());
    }

    /** RestOfInitIDPayload or RestOfRespIDPayload: type, three reserved octets, data (section 2.15). */
    static byte[] body(IkeIdentity identity) {
        byte[] data = identity.data();
        byte[] body = new byte[FIXED_BYTES + data.length];
        body[0] = (byte) identity.type();
        System.arraycopy(data, 0, body, FIXED_BYTES, data.length);
        return body;
    }
}
