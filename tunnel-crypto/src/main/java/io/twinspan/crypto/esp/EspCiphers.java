package io.twinspan.crypto.esp;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;

/** The cipher that an SA's parameters ask for. */
final class EspCiphers {
    private EspCiphers() {}

    static PacketCipher of(EspSaParameters parameters, PacketCipherEngine engine) {
        return engine.cipher(
                parameters.suite().encryption(),
                parameters.suite().integrity(),
                parameters.keys().encryption(),
                parameters.keys().integrity());
    }
}
