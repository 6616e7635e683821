package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.net.InetAddress;
import java.util.Arrays;

/** Child SAs in a snapshot. */
final class ChildSnapshot {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_RESERVED_SPI = 255;

    private ChildSnapshot() {}

    static void write(SnapshotWriter out, ChildSa child) {
        out.i64(child.ikeSpi()).i32(child.inboundSpi()).i32(child.outboundSpi());
        out.word(child.suite().encryption())
                .word(child.suite().integrity())
                .word(child.suite().sequenceNumbers());
        keys(out, child.keys().inbound());
        keys(out, child.keys().outbound());
        out.flag(child.path().udpEncapsulated())
                .endpoint(child.path().local())
                .endpoint(child.path().remote());
        out.list(child.localSelectors(), each -> selector(out, each));
        out.list(child.remoteSelectors(), each -> selector(out, each));
        out.word(child.stage()).flag(child.sending()).instant(child.switchNanos());
        out.instant(child.establishedNanos()).instant(child.rekeyNanos()).instant(child.expireNanos());
    }

    static ChildSa read(SnapshotReader in) throws SnapshotDamagedException {
        long ikeSpi = in.i64();
        int inboundSpi = spi(in);
        int outboundSpi = spi(in);
        EspSuite suite = suite(in);
        return new ChildSa(
                ikeSpi,
                inboundSpi,
                outboundSpi,
                suite,
                new ChildKeys(keys(in, suite), keys(in, suite)),
                new EspPath(in.flag(), in.endpoint(), in.endpoint()),
                in.list(() -> selector(in)),
                in.list(() -> selector(in)),
                in.word(ChildSa.Stage.class),
                in.flag(),
                in.instant(),
                in.instant(),
                in.instant(),
                in.instant());
    }

    static void selector(SnapshotWriter out, TrafficSelector selector) {
        out.i32(selector.protocol()).i32(selector.startPort()).i32(selector.endPort());
        out.address(selector.first()).address(selector.last());
    }

    private static TrafficSelector selector(SnapshotReader in) throws SnapshotDamagedException {
        int protocol = in.i32();
        int startPort = in.i32();
        int endPort = in.i32();
        InetAddress first = in.address();
        InetAddress last = in.address();
        boolean range = first.getClass() == last.getClass()
                && Arrays.compareUnsigned(first.getAddress(), last.getAddress()) <= 0;
        if (!range || protocol < 0 || protocol > 0xff || startPort < 0 || startPort > MAX_PORT || endPort > MAX_PORT) {
            throw new SnapshotDamagedException("a selector that is no range");
        }
        return new TrafficSelector(protocol, startPort, endPort, first, last);
    }

    private static void keys(SnapshotWriter out, EspKeys keys) {
        out.secret(keys.encryption()).secret(keys.integrity());
    }

    private static EspKeys keys(SnapshotReader in, EspSuite suite) throws SnapshotDamagedException {
        EncryptionAlgorithm cipher = suite.encryption();
        return new EspKeys(
                in.secret(cipher.keyBytes() + cipher.saltBytes()),
                in.secret(suite.integrity().keyBytes()));
    }

    private static EspSuite suite(SnapshotReader in) throws SnapshotDamagedException {
        EncryptionAlgorithm encryption = in.word(EncryptionAlgorithm.class);
        IntegrityAlgorithm integrity = in.word(IntegrityAlgorithm.class);
        if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
            throw new SnapshotDamagedException("a suite that cannot be");
        }
        return new EspSuite(encryption, integrity, in.word(SequenceNumbers.class));
    }

    private static int spi(SnapshotReader in) throws SnapshotDamagedException {
        int spi = in.i32();
        // RFC 4303 section 2.1: 0 is local use, 1..255 are reserved by IANA.
        if (Integer.compareUnsigned(spi, MAX_RESERVED_SPI) <= 0) {
            throw new SnapshotDamagedException("a reserved SPI");
        }
        return spi;
    }
}
