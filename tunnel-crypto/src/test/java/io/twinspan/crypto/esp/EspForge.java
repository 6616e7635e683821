package io.twinspan.crypto.esp;

import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import java.util.Arrays;

/** Sending halves and packets that a well-behaved gateway does not make, for tests of other modules. */
public final class EspForge {
    private EspForge() {}

    /** As fresh but for the sequence number used last. */
    public static OutboundSa wornTo(EspSaParameters parameters, EntropySource entropy, long lastSequence) {
        return new OutboundSa(parameters, PacketCipherEngine.jdk(), entropy, lastSequence);
    }

    /** An authentic ESP packet around any octets, said to be IPv4, without padding. */
    public static byte[] sealedAsIpv4(OutboundSa sa, byte[] inner) {
        byte[] text = Arrays.copyOf(inner, inner.length + EspLayout.TRAILER_BYTES);
        text[text.length - 1] = IpPacket.PROTOCOL_IPV4;
        return EspFixture.sealedText(sa, text);
    }
}
