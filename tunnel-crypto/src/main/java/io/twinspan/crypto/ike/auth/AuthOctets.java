package io.twinspan.crypto.ike.auth;

import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;

/** The octets that a side signs: {@code RealMessage | NonceOfTheOther | prf(SK_p, RestOfID)}. */
public final class AuthOctets {
    private AuthOctets() {}

    /**
     * InitiatorSignedOctets or ResponderSignedOctets of RFC 7296 section 2.15, by whose values are given.
     *
     * @param function the PRF of the IKE SA
     * @param skP the signer's SK_pi or SK_pr
     * @param realMessage the signer's whole IKE_SA_INIT message, header included, without a non-ESP marker; the last one
     *     sent where a cookie or another group was asked for
     * @param nonceOfOther nonce data of the side that does not sign
     * @param idPayloadBody the signer's ID payload without its generic header: type, three reserved octets, data
     */
    public static byte[] of(
            PseudorandomFunction function,
            SecretBytes skP,
            byte[] realMessage,
            byte[] nonceOfOther,
            byte[] idPayloadBody) {
        byte[] macedId = Prf.of(function, skP).compute(idPayloadBody);
        byte[] octets = new byte[realMessage.length + nonceOfOther.length + macedId.length];
        System.arraycopy(realMessage, 0, octets, 0, realMessage.length);
        System.arraycopy(nonceOfOther, 0, octets, realMessage.length, nonceOfOther.length);
        System.arraycopy(macedId, 0, octets, realMessage.length + nonceOfOther.length, macedId.length);
        return octets;
    }
}
