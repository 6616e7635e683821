package io.twinspan.crypto.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.twinspan.crypto.ipsecmb.IpsecMbEngine;
import io.twinspan.crypto.ipsecmb.IpsecMbHost;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.List;
import java.util.stream.Stream;

/** The engines of packet ciphers that can be tested here: the JDK's, and every flavour of ipsec-mb that is there. */
public final class CipherEngines {
    private CipherEngines() {}

    /** All of them, the JDK's first. */
    public static Stream<PacketCipherEngine> available() {
        return Stream.concat(Stream.of(PacketCipherEngine.jdk()), IpsecMbHost.look().engines().stream());
    }

    /** Every flavour of ipsec-mb; without any, the test is skipped with a reason, or fails where CI=true. */
    public static List<IpsecMbEngine> ipsecMb() {
        IpsecMbHost host = IpsecMbHost.look();
        if (host.engines().isEmpty()) {
            String reason = "this needs the package libipsec-mb1: " + host.whyNone();
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            abort(reason);
        }
        return host.engines();
    }
}
