package io.twinspan.benchmarks.jmh;

import io.twinspan.benchmarks.Engines;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.suite.EspSuite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One packet through one cipher, in place. With ipsec-mb and AES-GCM nothing may be allocated, forged packets included; the
 * JDK's AES-GCM allocates in {@code Cipher.init}, and an exception for each forged packet.
 */
public class EngineBenchmark extends PacketBenchmark {
    private static final int SPI = 0xc0ffee01;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Names of {@link Engines}; one that is not on this machine fails alone. */
    @Param({"jdk", "ipsec-mb"})
    public String engine = "jdk";

    /** Labels of suites. */
    @Param({"aes-gcm-16-128", "aes-gcm-16-256", "aes-cbc-128/hmac-sha1-96"})
    public String suite = "aes-gcm-16-256";

    /** Octets of the inner packet; padding and trailer come on top. */
    @Param({"64", "512", "1400"})
    public int octets = 64;

    @SuppressWarnings("NullAway.Init")
    private PacketCipher cipher;

    private int textBytes;
    private long sequence;
    private byte[] outgoing = {};
    private byte[] sealed = {};
    private byte[] incoming = {};
    private byte[] forgery = {};

    /** Makes the cipher and a packet for each case. */
    @Setup
    public void makePackets() {
        EspSuite algorithms = SaFixture.suite(suite);
        EspKeys keys = SaFixture.parameters(algorithms, SPI).keys();
        cipher = Engines.named(engine)
                .cipher(algorithms.encryption(), algorithms.integrity(), keys.encryption(), keys.integrity());
        int alignment = algorithms.encryption().alignmentBytes();
        textBytes = (octets + 2 + alignment - 1) / alignment * alignment;
        int packetBytes = PacketCipher.ESP_HEADER_BYTES + cipher.ivBytes() + textBytes + cipher.icvBytes();
        outgoing = new byte[packetBytes];
        new Random(1).nextBytes(outgoing);
        if (!seal()) {
            throw new IllegalStateException("the packet was not sealed");
        }
        sealed = outgoing.clone();
        incoming = sealed.clone();
        forgery = sealed.clone();
        forgery[packetBytes - 1] ^= 1;
    }

    /** With a new IV each time. */
    @Benchmark
    public boolean seal() {
        sequence++;
        LONG.set(outgoing, PacketCipher.ESP_HEADER_BYTES, sequence);
        return cipher.seal(outgoing, 0, PacketCipher.ESP_HEADER_BYTES, textBytes);
    }

    /** Includes a copy of the packet, because it is opened where it stands. */
    @Benchmark
    public boolean open() {
        System.arraycopy(sealed, 0, incoming, 0, sealed.length);
        return cipher.open(incoming, 0, PacketCipher.ESP_HEADER_BYTES, textBytes);
    }

    /** The ICV is wrong by one bit; the packet stays as it was. */
    @Benchmark
    public boolean forged() {
        return cipher.open(forgery, 0, PacketCipher.ESP_HEADER_BYTES, textBytes);
    }
}
