package io.twinspan.crypto.engine;

import io.twinspan.crypto.ipsecmb.IpsecMbEngine;
import io.twinspan.crypto.primitive.PacketCipherEngine;

/** An engine that may be taken. */
record Candidate(EngineName name, PacketCipherEngine engine) {
    static Candidate jdk() {
        return new Candidate(
                new EngineName(EngineWish.JDK.label(), Runtime.version().toString(), ""), PacketCipherEngine.jdk());
    }

    static Candidate of(IpsecMbEngine engine) {
        return new Candidate(new EngineName(EngineWish.IPSEC_MB.label(), engine.version(), engine.flavour()), engine);
    }
}
