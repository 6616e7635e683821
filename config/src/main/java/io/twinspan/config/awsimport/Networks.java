package io.twinspan.config.awsimport;

import io.twinspan.crypto.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks of both sides. Static routes of the JSON are the on-prem ones: they are what AWS routes towards us. "Local" is
 * the on-prem side in AWS's options too.
 */
record Networks(List<Sourced<IpPrefix>> local, List<Sourced<IpPrefix>> remote, List<Setting> selectors) {
    static Networks of(JsonConnection json, ImportOptions options, InsidePair.Family family, ImportLog log) {
        String version = family == InsidePair.Family.IPV4 ? "Ipv4" : "Ipv6";
        Optional<Sourced<IpPrefix>> localCidr = narrowed(json, "Options.Local" + version + "NetworkCidr", log);
        Optional<Sourced<IpPrefix>> remoteCidr = narrowed(json, "Options.Remote" + version + "NetworkCidr", log);
        List<Sourced<IpPrefix>> local = said(options.local(), "--local");
        if (local.isEmpty()) {
            local = routes(json, log);
        }
        if (local.isEmpty()) {
            local = localCidr.stream().toList();
        }
        List<Sourced<IpPrefix>> remote = said(options.remote(), "--remote");
        if (remote.isEmpty()) {
            remote = remoteCidr.stream().toList();
        }
        List<Setting> selectors = new ArrayList<>();
        localCidr.ifPresent(cidr ->
                selectors.add(new Setting("selectors", "local", cidr.value().toString(), cidr.origin())));
        remoteCidr.ifPresent(cidr ->
                selectors.add(new Setting("selectors", "remote", cidr.value().toString(), cidr.origin())));
        return new Networks(local, remote, selectors);
    }

    private static List<Sourced<IpPrefix>> said(List<IpPrefix> prefixes, String origin) {
        return prefixes.stream().map(prefix -> new Sourced<>(prefix, origin)).toList();
    }

    private static List<Sourced<IpPrefix>> routes(JsonConnection json, ImportLog log) {
        List<Sourced<IpPrefix>> routes = new ArrayList<>();
        for (Sourced<String> route : json.staticRoutes()) {
            InsidePair.prefix(route)
                    .ifPresentOrElse(
                            prefix -> routes.add(new Sourced<>(prefix, route.origin())),
                            () -> log.warn(route.origin() + " is not a prefix"));
        }
        return routes;
    }

    /** The option where it says less than everything. */
    private static Optional<Sourced<IpPrefix>> narrowed(JsonConnection json, String path, ImportLog log) {
        Optional<Sourced<String>> text = json.find(path);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<IpPrefix> prefix = InsidePair.prefix(text.get());
        if (prefix.isEmpty()) {
            log.warn(text.get().origin() + " is not a prefix");
        }
        return prefix.filter(found -> found.length() > 0)
                .map(found -> new Sourced<>(found, text.get().origin()));
    }
}
