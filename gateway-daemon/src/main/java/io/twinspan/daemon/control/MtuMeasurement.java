package io.twinspan.daemon.control;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.suite.EspSuite;
import java.util.List;

/**
 * How large packets may be on one tunnel: the arithmetic, and what its path was measured to carry.
 *
 * @param connection name of the connection
 * @param tunnel number of the tunnel
 * @param established false where the tunnel has no child SA, so that the suite is the first that is offered
 * @param suite what the packets are sealed with
 * @param udpEncapsulated whether they travel in UDP
 * @param outerIpv6 whether they travel over IPv6
 * @param configuredBytes uplink MTU of the configuration
 * @param inUseBytes uplink MTU in use, lower where the watch has lowered it
 * @param deviceMtuBytes MTU of the connection's TUN device
 * @param flowMtuBytes inner MTU to which TCP is kept
 * @param path what was measured
 * @param advice what to do about it, in sentences; empty where all is well
 */
public record MtuMeasurement(
        String connection,
        int tunnel,
        boolean established,
        EspSuite suite,
        boolean udpEncapsulated,
        boolean outerIpv6,
        int configuredBytes,
        int inUseBytes,
        int deviceMtuBytes,
        int flowMtuBytes,
        MeasuredPath path,
        List<String> advice) {
    public MtuMeasurement {
        advice = List.copyOf(advice);
    }

    /** What the arithmetic adds to an inner packet. */
    public EspOverhead overhead() {
        return EspOverhead.of(suite, udpEncapsulated, outerIpv6);
    }

    /** The largest inner packet. */
    public int innerMtuBytes() {
        return overhead().innerMtuBytes(inUseBytes);
    }

    /** How path and configuration go together. */
    public enum Verdict {
        /** The path carries what is configured. */
        FITS,
        /** It carries less. */
        DIFFERS,
        /** It could not be measured. */
        UNKNOWN;

        /** The word for machines. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How path and configuration go together. */
    public Verdict verdict() {
        return switch (path) {
            case MeasuredPath.Failed _ -> Verdict.UNKNOWN;
            case MeasuredPath.Carries(int outerOctets, var _, var _) ->
                outerOctets < overhead().outerLengthBytes(overhead().innerMtuBytes(configuredBytes))
                        ? Verdict.DIFFERS
                        : Verdict.FITS;
        };
    }

    /** What a measurement found. */
    public sealed interface MeasuredPath {
        /** Nothing could be measured. */
        record Failed(String reason) implements MeasuredPath {}

        /**
         * The largest probe that was answered.
         *
         * @param outerOctets its outer IP packet
         * @param innerOctets its inner packet
         * @param wholeAnswer true where the answer, of the same size, came back in one piece: the way back carries as much
         */
        record Carries(int outerOctets, int innerOctets, boolean wholeAnswer) implements MeasuredPath {}
    }
}
