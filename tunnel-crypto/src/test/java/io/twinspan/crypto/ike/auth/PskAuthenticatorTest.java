package io.twinspan.crypto.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.vectors.VectorFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PskAuthenticatorTest {
    private static final PseudorandomFunction FUNCTION = PseudorandomFunction.HMAC_SHA1;
    private final JsonNode exchange = VectorFile.read("ike-exchange/psk-auth-initiator.json");
    private final SecretBytes sharedKey = SecretBytes.copyOf(VectorFile.hex(exchange, "psk"));
    private final byte[] octets = octetsFor(VectorFile.hex(exchange, "idInitiatorPayloadBody"));

    @Test
    void computesTheAuthOfAnInitiatorThatNobodyHereWrote() {
        assertThat(PskAuthenticator.compute(FUNCTION, sharedKey, octets))
                .isEqualTo(VectorFile.hex(exchange, "expectedAuthData"));
        assertThat(PskAuthenticator.verify(FUNCTION, sharedKey, octets, VectorFile.hex(exchange, "expectedAuthData")))
                .isTrue();
    }

    @Test
    void e17_refusesAuthWithAnyOneOctetChanged() {
        byte[] auth = VectorFile.hex(exchange, "expectedAuthData");
        for (int i = 0; i < auth.length; i++) {
            byte[] changed = auth.clone();
            changed[i] ^= 0x40;
            assertThat(PskAuthenticator.verify(FUNCTION, sharedKey, octets, changed))
                    .isFalse();
        }
    }

    @Test
    void e17_refusesAuthOfAnotherLengthMessageIdentityOrKey() {
        byte[] auth = VectorFile.hex(exchange, "expectedAuthData");
        byte[] otherIdentity = VectorFile.hex(exchange, "idInitiatorPayloadBody");
        otherIdentity[otherIdentity.length - 1]++;
        SecretBytes otherKey = SecretBytes.copyOf(new byte[] {1, 2, 3});
        byte[] otherOctets = octetsFor(otherIdentity);

        assertThat(PskAuthenticator.verify(FUNCTION, sharedKey, octets, new byte[0]))
                .isFalse();
        assertThat(PskAuthenticator.verify(FUNCTION, sharedKey, octets, new byte[65_531]))
                .isFalse();
        assertThat(PskAuthenticator.verify(FUNCTION, sharedKey, otherOctets, auth))
                .isFalse();
        assertThat(PskAuthenticator.verify(FUNCTION, otherKey, octets, auth)).isFalse();
    }

    private byte[] octetsFor(byte[] idPayloadBody) {
        return AuthOctets.of(
                FUNCTION,
                SecretBytes.copyOf(VectorFile.hex(exchange, "SK_pi")),
                VectorFile.hex(exchange, "ikeSaInitRequest"),
                VectorFile.hex(exchange, "nonceR"),
                idPayloadBody);
    }
}
