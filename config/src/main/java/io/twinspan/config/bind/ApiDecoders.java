package io.twinspan.config.bind;

import static io.twinspan.config.bind.Decoders.scalar;

import io.twinspan.config.yaml.ScalarKind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Decoders of what only the section {@code api} holds. Nothing is ever looked up. */
public final class ApiDecoders {
    private static final Pattern LISTEN = Pattern.compile("(?:\\[([0-9a-fA-F:.]{2,45})]|([0-9.]{7,15})):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SUBJECT = 1_024;

    private ApiDecoders() {}

    /** {@code 127.0.0.1:8443} or {@code [::1]:8443}. */
    static ValueDecoder<InetSocketAddress> listen() {
        return (node, path, problems) -> scalar(node, ScalarKind.TEXT, "an address and a port", path, problems)
                .flatMap(text -> {
                    Optional<InetSocketAddress> address = parse(text);
                    if (address.isEmpty()) {
                        problems.error(
                                node.at(),
                                path,
                                Decoders.shown(text) + " is no address with a port",
                                "write 127.0.0.1:8443, [::1]:8443, or 0.0.0.0:8443 for every address");
                    }
                    return address;
                });
    }

    /** A distinguished name as RFC 2253 writes it. */
    static ValueDecoder<String> subject() {
        return (node, path, problems) -> scalar(node, ScalarKind.TEXT, "a distinguished name", path, problems)
                .filter(text -> {
                    boolean fits = isName(text);
                    if (!fits) {
                        problems.error(
                                node.at(),
                                path,
                                Decoders.shown(text) + " is no distinguished name",
                                "'openssl x509 -noout -subject -nameopt RFC2253' prints it");
                    }
                    return fits;
                });
    }

    /** The address and port as the file writes them. */
    public static String shown(InetSocketAddress listen) {
        String host = listen.getAddress().getHostAddress();
        return (listen.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + listen.getPort();
    }

    private static Optional<InetSocketAddress> parse(String text) {
        Matcher matcher = LISTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        int port = Integer.parseInt(matcher.group(3));
        boolean bracketed = matcher.group(1) != null;
        return NetworkDecoders.parseLiteral(host)
                .filter(address -> port > 0 && port <= MAX_PORT && bracketed == isIpv6(address))
                .map(address -> new InetSocketAddress(address, port));
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }

    private static boolean isName(String text) {
        try {
            return text.length() <= MAX_SUBJECT
                    && text.indexOf('\'') < 0
                    && !new X500Principal(text).getName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
