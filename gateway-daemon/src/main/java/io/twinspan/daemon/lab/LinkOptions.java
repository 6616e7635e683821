package io.twinspan.daemon.lab;

import io.twinspan.config.bind.Durations;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The words of a command line for the link between gateway and AWS; both tunnels and both directions get the same. */
public final class LinkOptions {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(us|ms|s)");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s?%");
    private static final double PERCENT = 100;

    @Option(
            names = "--rtt",
            paramLabel = "TIME",
            defaultValue = "0ms",
            converter = TimeConverter.class,
            description = "Round trip time between gateway and AWS, for example 10ms.")
    private Duration roundTrip = Duration.ZERO;

    @Option(
            names = "--jitter",
            paramLabel = "TIME",
            defaultValue = "0ms",
            converter = TimeConverter.class,
            description = "Up to this much more in each direction; packets keep their order.")
    private Duration jitter = Duration.ZERO;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            defaultValue = "0%",
            converter = ShareConverter.class,
            description = "Random loss in each direction, for example 5%%.")
    private double loss;

    /** What was asked for; {@link LinkImpairment#NONE} where nothing was. */
    LinkImpairment impairment() {
        return LinkImpairment.ofRoundTrip(roundTrip).withJitter(jitter).withLoss(loss);
    }

    /** One line for people. */
    static String shown(LinkImpairment link) {
        return "RTT " + Durations.shown(link.delay().multipliedBy(2)) + ", jitter " + Durations.shown(link.jitter())
                + " and loss " + String.format(Locale.ROOT, "%.3g", link.loss() * PERCENT) + " % each way";
    }

    /** A count of {@code us}, {@code ms} or {@code s}. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Matcher time = TIME.matcher(value);
            if (!time.matches()) {
                throw new TypeConversionException("'" + value + "' is no time such as 10ms, 500us or 1s");
            }
            long count = Long.parseLong(time.group(1));
            return switch (time.group(2)) {
                case "us" -> Duration.ofNanos(count * 1_000);
                case "ms" -> Duration.ofMillis(count);
                default -> Duration.ofSeconds(count);
            };
        }
    }

    /** A percentage from 0 to 100. */
    static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            Matcher share = SHARE.matcher(value);
            if (!share.matches() || Double.parseDouble(share.group(1)) > PERCENT) {
                throw new TypeConversionException("'" + value + "' is no share such as 5% or 0.1%");
            }
            return Double.parseDouble(share.group(1)) / PERCENT;
        }
    }
}
