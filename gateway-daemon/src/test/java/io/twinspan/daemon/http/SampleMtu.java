package io.twinspan.daemon.http;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.daemon.control.MtuMeasurement;
import io.twinspan.daemon.control.MtuMeasurement.MeasuredPath;
import java.util.List;

/** Measurements for tests: tunnel 1 fits, tunnel 2 carries less than configured, tunnel 3 is not up. */
final class SampleMtu {
    private static final EspSuite SUITE =
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64);

    private SampleMtu() {}

    static List<MtuMeasurement> of(int tunnel) {
        return switch (tunnel) {
            case 1 -> List.of(fits());
            case 2 -> List.of(differs());
            case 3 -> List.of(notUp());
            default -> List.of(fits(), differs());
        };
    }

    private static MtuMeasurement fits() {
        return new MtuMeasurement(
                "prod",
                1,
                true,
                SUITE,
                true,
                false,
                1500,
                1500,
                1378,
                1378,
                new MeasuredPath.Carries(1500, 1438, true),
                List.of());
    }

    private static MtuMeasurement differs() {
        return new MtuMeasurement(
                "prod",
                2,
                true,
                SUITE,
                true,
                false,
                1500,
                1440,
                1378,
                1378,
                new MeasuredPath.Carries(1440, 1378, false),
                List.of("set 'uplink-mtu: 1440'"));
    }

    private static MtuMeasurement notUp() {
        return new MtuMeasurement(
                "prod",
                3,
                false,
                SUITE,
                false,
                true,
                1500,
                1500,
                1426,
                1426,
                new MeasuredPath.Failed("the tunnel is not up"),
                List.of());
    }
}
