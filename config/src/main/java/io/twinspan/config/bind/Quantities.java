package io.twinspan.config.bind;

import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and rates: whole {@code KiB} and {@code MiB}, decimal {@code Mbps} and {@code Gbps}. */
public final class Quantities {
    private static final Pattern OCTETS = Pattern.compile("([0-9]{1,7})(KiB|MiB)");
    private static final Pattern BIT_RATE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)(Mbps|Gbps)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,20})?(?:[eE]-?[0-9]{1,2})?");
    private static final Pattern PERCENTAGE = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,3})?)%");
    private static final int KIBI = 1 << 10;
    private static final int MEBI = 1 << 20;
    private static final int MEGA_DIGITS = 6;
    private static final int GIGA_DIGITS = 9;
    private static final long MEGA = 1_000_000;
    private static final long GIGA = 1_000_000_000;

    private Quantities() {}

    /** A number of octets, inside limits. */
    static ValueDecoder<Integer> octets(int min, int max) {
        return (node, path, problems) -> matched(OCTETS, "a size", "64KiB or 4MiB", node, path, problems)
                .map(size -> Long.parseLong(size.group(1)) * (size.group(2).equals("KiB") ? KIBI : MEBI))
                .filter(octets -> inRange(
                        octets >= min && octets <= max, shownOctets(min), shownOctets(max), node, path, problems))
                .map(Math::toIntExact);
    }

    /** A rate in bits per second, inside limits. */
    static ValueDecoder<Long> bitRate(long min, long max) {
        return (node, path, problems) -> matched(BIT_RATE, "a rate", "100Mbps or 1.25Gbps", node, path, problems)
                .map(rate -> new BigDecimal(rate.group(1))
                        .scaleByPowerOfTen(rate.group(2).equals("Mbps") ? MEGA_DIGITS : GIGA_DIGITS)
                        .longValueExact())
                .filter(bits -> inRange(
                        bits >= min && bits <= max, shownBitRate(min), shownBitRate(max), node, path, problems));
    }

    /** A number, inside limits; {@code 1e-10} is fine. */
    static ValueDecoder<Double> number(double min, double max) {
        return (node, path, problems) -> matched(NUMBER, "a number", "1e-10 or 0.001", node, path, problems)
                .map(number -> Double.parseDouble(number.group()))
                .filter(number -> inRange(
                        number >= min && number <= max, shownNumber(min), shownNumber(max), node, path, problems));
    }

    /** A share, written in per cent, inside limits in per cent. */
    static ValueDecoder<Double> percentage(double min, double max) {
        return (node, path, problems) -> matched(PERCENTAGE, "a percentage", "2% or 0.5%", node, path, problems)
                .map(share -> Double.parseDouble(share.group(1)))
                .filter(share -> inRange(
                        share >= min && share <= max,
                        shownPercentage(min / 100),
                        shownPercentage(max / 100),
                        node,
                        path,
                        problems))
                .map(share -> share / 100);
    }

    /** As the file writes a number: {@code 1e-10}. */
    public static String shownNumber(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toString().replace("E", "e");
    }

    /** As the file writes a share: {@code 2%}. */
    public static String shownPercentage(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    /** As the file writes a size: {@code 4MiB}, {@code 64KiB}. */
    public static String shownOctets(int octets) {
        return octets % MEBI == 0 ? octets / MEBI + "MiB" : octets / KIBI + "KiB";
    }

    /** As the file writes a rate: {@code 1.25Gbps}, {@code 100Mbps}. */
    public static String shownBitRate(long bitsPerSecond) {
        boolean giga = bitsPerSecond >= GIGA && bitsPerSecond % MEGA == 0;
        BigDecimal number = BigDecimal.valueOf(bitsPerSecond, giga ? GIGA_DIGITS : MEGA_DIGITS);
        return number.stripTrailingZeros().toPlainString() + (giga ? "Gbps" : "Mbps");
    }

    private static Optional<MatchResult> matched(
            Pattern pattern, String what, String examples, YamlNode node, String path, ProblemSink problems) {
        if (!(node instanceof YamlNode.Scalar(var _, String text, var _))) {
            problems.error(
                    node.at(), path, "is " + node.kindInWords() + ", wanted is " + what + " such as " + examples);
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            String hint = "write a number and a unit: " + examples;
            problems.error(node.at(), path, Decoders.shown(text) + " is not " + what, hint);
            return Optional.empty();
        }
        return Optional.of(matcher.toMatchResult());
    }

    private static boolean inRange(
            boolean fits, String min, String max, YamlNode node, String path, ProblemSink problems) {
        if (!fits && node instanceof YamlNode.Scalar(var _, String text, var _)) {
            problems.error(
                    node.at(), path, Decoders.shown(text) + " is out of range", "possible is " + min + " to " + max);
        }
        return fits;
    }
}
