package io.twinspan.daemon.access;

import io.twinspan.config.bind.NetworkDecoders;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Host headers are ours. A page of another site can have its own name point at our address (DNS rebinding); its
 * requests then carry that name, RFC 9110 section 7.2, and are refused. An address is no such name and is taken where the
 * client did connect to it. The port is not looked at: a forwarded port changes it, and an attacker cannot choose by it.
 *
 * @param names by which the listener may be called, lower case
 */
public record HostRule(Set<String> names) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-f:.]{2,45})]|([a-z0-9._-]{1,255}?)\\.?)(?::[0-9]{1,5})?");

    public HostRule {
        names = Set.copyOf(names);
    }

    /**
     * True for a header that means us.
     *
     * @param header as it came; empty where there was none
     * @param local address to which the client connected
     */
    public boolean allows(String header, InetAddress local) {
        Matcher matcher = FORM.matcher(header.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return names.contains(host)
                || (host.equals("localhost") && local.isLoopbackAddress())
                || NetworkDecoders.parseLiteral(host).filter(local::equals).isPresent();
    }
}
