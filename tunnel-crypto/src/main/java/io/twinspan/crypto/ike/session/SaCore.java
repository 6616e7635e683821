package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.protect.SkPayload;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.IkeSuite;
import java.util.List;

/**
 * What never changes about an IKE SA once its keys exist.
 *
 * @param localSpi our SPI; names the SA
 * @param remoteSpi the peer's SPI
 * @param initiator we began the exchange that made it
 * @param protection seals and opens the SA's messages; the one thing here that changes, because no IV may come twice
 * @param nonces Ni and Nr of that exchange
 * @param fragmentation both sides know RFC 7383
 * @param createdNanos when its first message was sent or received
 */
record SaCore(
        long localSpi,
        long remoteSpi,
        boolean initiator,
        IkeSuite suite,
        IkeKeyMaterial keys,
        SkPayload protection,
        List<byte[]> nonces,
        boolean fragmentation,
        long createdNanos) {
    SaCore {
        nonces = List.copyOf(nonces);
    }

    static SaCore of(
            long localSpi,
            long remoteSpi,
            boolean initiator,
            IkeSuite suite,
            IkeKeyMaterial keys,
            List<byte[]> nonces,
            boolean fragmentation,
            long createdNanos,
            EntropySource entropy) {
        SkPayload protection =
                initiator ? SkPayload.forInitiator(suite, keys, entropy) : SkPayload.forResponder(suite, keys, entropy);
        return new SaCore(localSpi, remoteSpi, initiator, suite, keys, protection, nonces, fragmentation, createdNanos);
    }

    /** One protected message, in fragments where it is long and the peer understands them. */
    List<byte[]> seal(IkeHeader header, List<IkePayload> payloads) {
        return fragmentation
                ? protection.sealFragmented(header, payloads, SkPayload.UNFRAGMENTED_MESSAGE_BYTES)
                : List.of(protection.seal(header, payloads));
    }

    /** Zeroes the keys, in the ciphers too. */
    void destroy() {
        keys.destroy();
        protection.destroy();
    }

    long initiatorSpi() {
        return initiator ? localSpi : remoteSpi;
    }

    long responderSpi() {
        return initiator ? remoteSpi : localSpi;
    }

    /** Keys are the one thing here that must not reach a text. */
    @Override
    public String toString() {
        return "IKE SA " + Long.toHexString(initiatorSpi()) + "/" + Long.toHexString(responderSpi());
    }
}
