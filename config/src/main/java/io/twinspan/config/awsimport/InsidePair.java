package io.twinspan.config.awsimport;

import io.twinspan.config.bind.InsideAddress;
import io.twinspan.config.bind.NetworkDecoders;
import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The inside addresses of a tunnel. The options name the network; AWS takes the first usable address, we the second. */
record InsidePair(Sourced<InsideAddress> local, Sourced<InetAddress> remote) {
    /** Whether the connection carries IPv4 or IPv6 inside: an IPv6 one has addresses of both kinds. */
    enum Family {
        IPV4("tunnel_inside_address/ip_address", "TunnelInsideCidr", 30),
        IPV6("tunnel_inside_ipv6_address/ip_address", "TunnelInsideIpv6Cidr", 126);

        private final String xmlPath;
        private final String option;
        private final int prefixLength;

        Family(String xmlPath, String option, int prefixLength) {
            this.xmlPath = xmlPath;
            this.option = option;
            this.prefixLength = prefixLength;
        }

        String option() {
            return option;
        }
    }

    /** Nothing where neither the XML nor the options name inside addresses. */
    static Optional<InsidePair> of(TunnelSource tunnel, Family family, ImportLog log) {
        Optional<Sourced<InetAddress>> local = xmlAddress(tunnel, "customer_gateway/" + family.xmlPath);
        Optional<Sourced<InetAddress>> remote = xmlAddress(tunnel, "vpn_gateway/" + family.xmlPath);
        Optional<Sourced<IpPrefix>> option = tunnel.option(family.option)
                .flatMap(text -> prefix(text).map(prefix -> new Sourced<>(prefix, text.origin())))
                .filter(network -> network.value().length() == family.prefixLength);
        if (local.isPresent() && remote.isPresent()) {
            boolean agree = option.map(
                            network -> network.value().contains(local.get().value())
                                    && network.value().contains(remote.get().value()))
                    .orElse(true);
            if (agree) {
                return Optional.of(new InsidePair(
                        local.get().map(address -> new InsideAddress(address, family.prefixLength)), remote.get()));
            }
            log.warn("the XML's inside address " + local.get().value().getHostAddress() + " is not in "
                    + option.get().value() + " of the options, which are used");
        }
        return option.map(network -> ofNetwork(network, family))
                .or(() -> local.map(
                        address -> ofNetwork(address.map(value -> IpPrefix.of(value, family.prefixLength)), family)));
    }

    /** A prefix, whatever host bits it has. */
    static Optional<IpPrefix> prefix(Sourced<String> text) {
        int slash = text.value().indexOf('/');
        String digits = slash < 0 ? "" : text.value().substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        return NetworkDecoders.parseLiteral(text.value().substring(0, slash))
                .filter(address -> length <= address.getAddress().length * 8)
                .map(address -> IpPrefix.of(address, length));
    }

    private static InsidePair ofNetwork(Sourced<IpPrefix> network, Family family) {
        String origin = network.origin();
        return new InsidePair(
                new Sourced<>(
                        new InsideAddress(host(network.value(), 2), family.prefixLength),
                        origin + ", second usable address"),
                new Sourced<>(host(network.value(), 1), origin + ", first usable address"));
    }

    private static InetAddress host(IpPrefix network, int number) {
        byte[] octets = network.address().getAddress();
        octets[octets.length - 1] |= (byte) number;
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Sourced<InetAddress>> xmlAddress(TunnelSource tunnel, String path) {
        return tunnel.xml(path)
                .flatMap(text ->
                        NetworkDecoders.parseLiteral(text.value()).map(value -> new Sourced<>(value, text.origin())));
    }
}
