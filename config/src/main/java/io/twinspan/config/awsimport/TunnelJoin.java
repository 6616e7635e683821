package io.twinspan.config.awsimport;

import io.twinspan.config.awsimport.JsonConnection.JsonTunnel;
import io.twinspan.config.awsimport.XmlConnection.XmlTunnel;
import io.twinspan.config.bind.NetworkDecoders;
import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins XML tunnels, option sets and telemetry, which are three unordered lists, by outside address. The result is sorted by
 * that address, so that the same connection gets the same tunnel numbers each time.
 */
final class TunnelJoin {
    private static final int MAX_TUNNELS = 2;
    private static final String XML_OUTSIDE = "vpn_gateway/tunnel_outside_address/ip_address";
    private static final Comparator<InetAddress> BY_ADDRESS =
            Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private final Map<InetAddress, TunnelSource> byOutside = new LinkedHashMap<>();
    private final ImportLog log;

    private TunnelJoin(ImportLog log) {
        this.log = log;
    }

    static List<TunnelSource> join(XmlConnection xml, JsonConnection json, ImportLog log) {
        TunnelJoin join = new TunnelJoin(log);
        xml.tunnels().forEach(join::addXml);
        json.tunnels().forEach(join::addOptions);
        if (join.byOutside.isEmpty()) {
            json.telemetryAddresses()
                    .forEach(address -> join.address(address)
                            .ifPresent(
                                    outside -> join.byOutside.putIfAbsent(outside.value(), new TunnelSource(outside))));
        }
        List<TunnelSource> sorted = join.byOutside.values().stream()
                .sorted(Comparator.comparing(tunnel -> tunnel.outside().value(), BY_ADDRESS))
                .toList();
        if (sorted.size() > MAX_TUNNELS) {
            log.error("the document names " + sorted.size() + " AWS endpoints, a connection has " + MAX_TUNNELS);
        }
        return sorted;
    }

    private void addXml(XmlTunnel tunnel) {
        Optional<Sourced<InetAddress>> outside = tunnel.find(XML_OUTSIDE).flatMap(this::address);
        if (outside.isEmpty()) {
            log.warn(tunnel.origin() + " has no AWS outside address and is left out");
        } else if (byOutside.containsKey(outside.get().value())) {
            log.warn(tunnel.origin() + " repeats the AWS outside address "
                    + outside.get().value().getHostAddress() + " and is left out; one tunnel is no redundancy");
        } else {
            byOutside.put(outside.get().value(), new TunnelSource(outside.get()).with(tunnel));
        }
    }

    private void addOptions(JsonTunnel options) {
        Optional<Sourced<InetAddress>> outside =
                options.find("OutsideIpAddress").flatMap(this::address);
        if (outside.isPresent()) {
            byOutside
                    .computeIfAbsent(outside.get().value(), _ -> new TunnelSource(outside.get()))
                    .with(options);
            return;
        }
        Optional<TunnelSource> byInside = byOutside.values().stream()
                .filter(tunnel -> hasInside(tunnel, options))
                .findFirst();
        byInside.ifPresentOrElse(
                tunnel -> tunnel.with(options),
                () -> log.warn(options.origin() + "OutsideIpAddress is absent, so these options belong to no tunnel"));
    }

    private static boolean hasInside(TunnelSource tunnel, JsonTunnel options) {
        Optional<IpPrefix> network = options.find("TunnelInsideCidr").flatMap(InsidePair::prefix);
        return network.isPresent()
                && tunnel.xml("customer_gateway/tunnel_inside_address/ip_address")
                        .flatMap(text -> NetworkDecoders.parseLiteral(text.value()))
                        .map(network.get()::contains)
                        .orElse(false);
    }

    private Optional<Sourced<InetAddress>> address(Sourced<String> text) {
        Optional<InetAddress> address = NetworkDecoders.parseLiteral(text.value())
                .filter(literal -> !literal.isAnyLocalAddress() && !literal.isMulticastAddress());
        if (address.isEmpty()) {
            log.warn(text.origin() + " is not an address");
        }
        return address.map(value -> new Sourced<>(value, text.origin()));
    }
}
