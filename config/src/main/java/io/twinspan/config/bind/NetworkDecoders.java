package io.twinspan.config.bind;

import static io.twinspan.config.bind.Decoders.scalar;
import static io.twinspan.config.bind.Decoders.shown;

import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.ScalarKind;
import io.twinspan.config.yaml.YamlNode;
import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decoders of addresses, prefixes and lengths of time. Nothing is ever looked up. */
public final class NetworkDecoders {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|µs|ms|s|m|h)");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private NetworkDecoders() {}

    /** An outside address that a packet can be sent to. */
    static ValueDecoder<InetAddress> address() {
        return (node, path, problems) -> scalar(node, ScalarKind.TEXT, "an address", path, problems)
                .flatMap(text -> usable(text, node, path, problems));
    }

    /** {@code any}, or an address; the unspecified address stands for any. */
    static ValueDecoder<InetAddress> addressOrAny() {
        return (node, path, problems) -> scalar(node, ScalarKind.TEXT, "an address or any", path, problems)
                .flatMap(text -> text.equals("any")
                        ? Optional.of(IpPrefix.parseAddress("0.0.0.0"))
                        : usable(text, node, path, problems));
    }

    /** {@code auto}, or an address. */
    static ValueDecoder<BindAddress> bindAddress() {
        return (node, path, problems) -> scalar(node, ScalarKind.TEXT, "an address or auto", path, problems)
                .flatMap(text -> text.equals("auto")
                        ? Optional.of(new BindAddress.OfRouteToPeer())
                        : usable(text, node, path, problems).map(BindAddress.Fixed::new));
    }

    /** An address with the length of its network; the address keeps its host bits. */
    static ValueDecoder<InsideAddress> insideAddress() {
        return (node, path, problems) -> {
            Optional<String> text = scalar(node, ScalarKind.TEXT, "an address with a length", path, problems);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            int slash = text.get().indexOf('/');
            if (slash < 0) {
                problems.error(
                        node.at(), path, shown(text.get()) + " has no prefix length", "write '" + text.get() + "/30'");
                return Optional.empty();
            }
            Optional<InetAddress> address = usable(text.get().substring(0, slash), node, path, problems);
            return address.flatMap(value -> length(text.get(), slash, value, node, path, problems)
                    .map(length -> new InsideAddress(value, length)));
        };
    }

    /** A network prefix without host bits. */
    static ValueDecoder<IpPrefix> prefix() {
        return (node, path, problems) -> {
            Optional<String> text = scalar(node, ScalarKind.TEXT, "a prefix such as 10.0.0.0/16", path, problems);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            int slash = text.get().indexOf('/');
            String host = slash < 0 ? text.get() : text.get().substring(0, slash);
            Optional<InetAddress> address = literal(host, node, path, problems);
            if (address.isPresent() && slash < 0) {
                String host32 = text.get() + (address.get().getAddress().length == 4 ? "/32" : "/128");
                problems.error(
                        node.at(),
                        path,
                        shown(text.get()) + " has no prefix length",
                        "write '" + host32 + "' for the one address");
                return Optional.empty();
            }
            return address.flatMap(value -> length(text.get(), slash, value, node, path, problems)
                    .flatMap(length -> withoutHostBits(text.get(), value, length, node, path, problems)));
        };
    }

    /** A length of time with a unit, inside limits. */
    static ValueDecoder<Duration> duration(Duration min, Duration max) {
        return (node, path, problems) -> {
            if (!(node instanceof YamlNode.Scalar(var _, String text, var _))) {
                problems.error(node.at(), path, "is " + node.kindInWords() + ", wanted is a time such as 10s");
                return Optional.empty();
            }
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                boolean bare = BARE_NUMBER.matcher(text).matches();
                problems.error(
                        node.at(),
                        path,
                        shown(text) + (bare ? " has no unit" : " is not a time"),
                        bare ? unitHint(text, max) : "write a number and a unit: " + examples(max));
                return Optional.empty();
            }
            Duration value = Durations.of(Long.parseLong(matcher.group(1)), matcher.group(2));
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                String range = "possible is " + Durations.shown(min) + " to " + Durations.shown(max);
                problems.error(node.at(), path, shown(text) + " is out of range", range);
                return Optional.empty();
            }
            return Optional.of(value);
        };
    }

    private static String unitHint(String number, Duration max) {
        String hint = "write '" + number;
        if (max.compareTo(MILLISECOND) <= 0) {
            return hint + "us' if microseconds are meant";
        }
        return hint + (max.compareTo(SECOND) <= 0 ? "ms' if milliseconds are meant" : "s' if seconds are meant");
    }

    private static String examples(Duration max) {
        if (max.compareTo(MILLISECOND) <= 0) {
            return "50us or 1ms";
        }
        return max.compareTo(SECOND) <= 0 ? "500us or 5ms" : "500ms, 10s, 30m or 8h";
    }

    /** A literal address; never a name. */
    public static Optional<InetAddress> parseLiteral(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpPrefix.parseAddress(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> literal(String text, YamlNode node, String path, ProblemSink problems) {
        Optional<InetAddress> address = parseLiteral(text);
        if (address.isEmpty()) {
            problems.error(node.at(), path, shown(text) + " is not an IPv4 or IPv6 address");
        }
        return address;
    }

    private static Optional<InetAddress> usable(String text, YamlNode node, String path, ProblemSink problems) {
        return literal(text, node, path, problems).filter(address -> {
            boolean wrong =
                    address.isAnyLocalAddress() || address.isMulticastAddress() || text.equals("255.255.255.255");
            if (wrong) {
                problems.error(node.at(), path, shown(text) + " is not the address of one host");
            }
            return !wrong;
        });
    }

    private static Optional<Integer> length(
            String text, int slash, InetAddress address, YamlNode node, String path, ProblemSink problems) {
        int max = address.getAddress().length * 8;
        String digits = text.substring(slash + 1);
        if (digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= max) {
            return Optional.of(Integer.parseInt(digits));
        }
        problems.error(node.at(), path, shown(text) + " has no prefix length from 0 to " + max);
        return Optional.empty();
    }

    private static Optional<IpPrefix> withoutHostBits(
            String text, InetAddress address, int length, YamlNode node, String path, ProblemSink problems) {
        IpPrefix prefix = IpPrefix.of(address, length);
        if (prefix.address().equals(address)) {
            return Optional.of(prefix);
        }
        String hint = "did you mean '" + prefix + "' or '" + address.getHostAddress() + "/"
                + address.getAddress().length * 8 + "'?";
        problems.error(node.at(), path, shown(text) + " has host bits set", hint);
        return Optional.empty();
    }
}
