package io.twinspan.benchmarks;

import io.twinspan.crypto.engine.EngineChooser;
import io.twinspan.crypto.engine.EngineUnavailableException;
import io.twinspan.crypto.engine.EngineWish;
import io.twinspan.crypto.ipsecmb.IpsecMbEngine;
import io.twinspan.crypto.ipsecmb.IpsecMbHost;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.List;
import java.util.stream.Stream;

/** Crypto engines by the names that commands take. */
public final class Engines {
    private static final String FLAVOUR_OF = EngineWish.IPSEC_MB.label() + "/";

    private Engines() {}

    /**
     * The engine of a name: what the configuration knows, chosen as the daemon chooses it; {@code ipsec-mb/} and the name
     * of a flavour; or {@code none}, which seals and opens nothing, so that what is left is the cost of everything but the
     * cipher.
     *
     * @throws IllegalArgumentException where there is no such engine here
     */
    public static PacketCipherEngine named(String name) {
        if (name.equals("none")) {
            return (encryption, integrity, encryptionKey, integrityKey) -> new NoCipher(encryption, integrity);
        }
        return name.startsWith(FLAVOUR_OF) ? flavour(name.substring(FLAVOUR_OF.length())) : chosen(name);
    }

    private static PacketCipherEngine chosen(String name) {
        EngineWish wish = Stream.of(EngineWish.values())
                .filter(candidate -> candidate.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is called " + name));
        try {
            return EngineChooser.ofThisHost(System::nanoTime).choose(wish).engine();
        } catch (EngineUnavailableException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static PacketCipherEngine flavour(String name) {
        List<IpsecMbEngine> engines = IpsecMbHost.look().engines();
        return engines.stream()
                .filter(engine -> engine.flavour().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no flavour is called " + name + "; there are " + engines));
    }
}
