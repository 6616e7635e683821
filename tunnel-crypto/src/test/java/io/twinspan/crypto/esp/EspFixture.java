package io.twinspan.crypto.esp;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two ends of a child SA with keys from a seed, and inner packets to send through them. */
final class EspFixture {
    static final int SPI = 0xc0ffee01;
    static final EspSuite GCM =
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.SHORT_32);
    static final EspSuite GCM_ESN =
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64);
    static final EspSuite CBC = new EspSuite(
            EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA2_256_128, SequenceNumbers.SHORT_32);

    private EspFixture() {}

    static List<EspSuite> allSuites() {
        List<EspSuite> suites = new ArrayList<>();
        for (EncryptionAlgorithm encryption : EncryptionAlgorithm.values()) {
            for (IntegrityAlgorithm integrity : IntegrityAlgorithm.values()) {
                if (encryption.isAead() == (integrity == IntegrityAlgorithm.NONE)) {
                    suites.add(new EspSuite(encryption, integrity, SequenceNumbers.SHORT_32));
                    suites.add(new EspSuite(encryption, integrity, SequenceNumbers.EXTENDED_64));
                }
            }
        }
        return suites;
    }

    static EntropySource entropy(long seed) {
        return new Random(seed)::nextBytes;
    }

    static EspSaParameters parameters(EspSuite suite, int windowPackets) {
        return parameters(suite, windowPackets, everything(), everything());
    }

    static EspSaParameters parameters(
            EspSuite suite, int windowPackets, List<TrafficSelector> local, List<TrafficSelector> remote) {
        return new EspSaParameters(SPI, suite, keys(suite), local, remote, windowPackets);
    }

    static EspKeys keys(EspSuite suite) {
        EntropySource source = entropy(42);
        return new EspKeys(
                SecretBytes.copyOf(source.bytes(
                        suite.encryption().keyBytes() + suite.encryption().saltBytes())),
                SecretBytes.copyOf(source.bytes(suite.integrity().keyBytes())));
    }

    static List<TrafficSelector> everything() {
        return selectors("0.0.0.0/0", "::/0");
    }

    static List<TrafficSelector> selectors(String... prefixes) {
        List<TrafficSelector> result = new ArrayList<>();
        for (String prefix : prefixes) {
            result.add(TrafficSelector.ofPrefix(IpPrefix.parse(prefix)));
        }
        return result;
    }

    static OutboundSa outbound(EspSuite suite) {
        return outboundAfter(suite, 0);
    }

    static OutboundSa outbound(EspSuite suite, PacketCipherEngine engine) {
        return new OutboundSa(parameters(suite, ReplayWindow.DEFAULT_PACKETS), engine, entropy(7));
    }

    static InboundSa inbound(EspSuite suite, PacketCipherEngine engine) {
        return new InboundSa(parameters(suite, ReplayWindow.DEFAULT_PACKETS), engine);
    }

    static OutboundSa outboundAfter(EspSuite suite, long lastSequence) {
        return new OutboundSa(
                parameters(suite, ReplayWindow.DEFAULT_PACKETS), PacketCipherEngine.jdk(), entropy(7), lastSequence);
    }

    static InboundSa inbound(EspSuite suite) {
        return inbound(suite, ReplayWindow.DEFAULT_PACKETS);
    }

    static InboundSa inbound(EspSuite suite, int windowPackets) {
        return new InboundSa(parameters(suite, windowPackets), PacketCipherEngine.jdk());
    }

    /** An IPv4 packet from 10.1.0.5 to 10.2.0.9, UDP port 4000 to 5000 where there is room for ports. */
    static byte[] ipv4(int length, int tos) {
        byte[] packet = new byte[length];
        new Random(length).nextBytes(packet);
        packet[0] = 0x45;
        packet[1] = (byte) tos;
        putShort(packet, 2, length);
        EspLayout.putInt(packet, 4, 0x12340000);
        EspLayout.putInt(packet, 8, 0x40110000);
        EspLayout.putInt(packet, 12, 0x0a010005);
        EspLayout.putInt(packet, 16, 0x0a020009);
        if (length >= 24) {
            EspLayout.putInt(packet, 20, 4000 << 16 | 5000);
        }
        putShort(packet, 10, ~sum(packet, 20));
        return packet;
    }

    /** An IPv6 packet from fd00:1::5 to fd00:2::9, UDP port 4000 to 5000 where there is room for ports. */
    static byte[] ipv6(int length, int trafficClass) {
        byte[] packet = new byte[length];
        new Random(length).nextBytes(packet);
        EspLayout.putInt(packet, 0, 6 << 28 | trafficClass << 20 | 0xabcde);
        EspLayout.putInt(packet, 4, (length - 40) << 16 | 17 << 8 | 64);
        EspLayout.putLong(packet, 8, 0xfd00_0001_0000_0000L);
        EspLayout.putLong(packet, 16, 5);
        EspLayout.putLong(packet, 24, 0xfd00_0002_0000_0000L);
        EspLayout.putLong(packet, 32, 9);
        if (length >= 44) {
            EspLayout.putInt(packet, 40, 4000 << 16 | 5000);
        }
        return packet;
    }

    /** The folded one's complement sum: 0xffff over a header whose checksum is right. */
    static int sum(byte[] packet, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += getShort(packet, i);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    static int getShort(byte[] packet, int offset) {
        return (packet[offset] & 0xff) << 8 | (packet[offset + 1] & 0xff);
    }

    static void putShort(byte[] packet, int offset, int value) {
        packet[offset] = (byte) (value >> 8);
        packet[offset + 1] = (byte) value;
    }

    /** A buffer with room for ESP around the inner packet, which begins at {@code headroom}. */
    static byte[] around(byte[] inner, int headroom) {
        byte[] buffer = new byte[headroom + inner.length + EspLayout.MAX_TAILROOM_BYTES];
        new Random(headroom).nextBytes(buffer);
        System.arraycopy(inner, 0, buffer, headroom, inner.length);
        return buffer;
    }

    /** Seals and cuts out the ESP packet. */
    static byte[] sealed(OutboundSa sa, byte[] inner) {
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        byte[] buffer = around(inner, EspLayout.MAX_HEADROOM_BYTES);
        EspVerdict verdict = encapsulator.seal(sa, buffer, EspLayout.MAX_HEADROOM_BYTES, inner.length);
        if (verdict != EspVerdict.OK) {
            throw new AssertionError("not sealed: " + verdict);
        }
        byte[] packet = new byte[encapsulator.resultLength()];
        System.arraycopy(buffer, encapsulator.resultOffset(), packet, 0, packet.length);
        return packet;
    }

    /**
     * Seals any text at all, with trailer as given, as a peer that breaks the rules would.
     *
     * @param text inner octets, padding, pad length and next header
     */
    static byte[] sealedText(OutboundSa sa, byte[] text) {
        int headroom = sa.headroomBytes();
        byte[] buffer = around(text, headroom);
        sa.reserve(1);
        if (!sa.sealer().seal(sa.lastSequence(), buffer, 0, text.length)) {
            throw new AssertionError("not sealed");
        }
        byte[] packet = new byte
                [headroom
                        + text.length
                        + sa.tailroomBytes(text.length)
                        - sa.sealer().padLength(text.length)
                        - EspLayout.TRAILER_BYTES];
        System.arraycopy(buffer, 0, packet, 0, packet.length);
        return packet;
    }
}
