package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.ProposalSelection;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.Optional;

/** INVALID_KE_PAYLOAD, whose data is the number of the group to use (RFC 7296 section 1.3). */
final class KeNotify {
    private KeNotify() {}

    static Notify naming(KeyExchangeMethod wanted) {
        int number = wanted.transformId();
        return new Notify(NotifyType.INVALID_KE_PAYLOAD, new byte[] {(byte) (number >> 8), (byte) number});
    }

    /** The group that the peer wants, if it is one that exists for us. */
    static Optional<KeyExchangeMethod> wanted(Notify notify) {
        return notify.data().length() == Short.BYTES
                ? ProposalSelection.keyExchangeOf((int) notify.data().toUnsignedLong())
                : Optional.empty();
    }
}
