package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everything that can be measured, in the order of a round. */
final class Catalogue {
    static final String NO_TUNNEL = "none";
    static final String TWINSPAN = "twinspan";
    static final String STRONGSWAN = "strongswan";
    static final String WIREGUARD = "wireguard";

    private static final Set<Measure> EVERYTHING = EnumSet.allOf(Measure.class);

    private Catalogue() {}

    /**
     * All candidates.
     *
     * @param twinspan the launcher script
     * @param wireGuard the newest wireguard-go
     * @param folder for files while looking what is missing
     */
    static List<Candidate> all(Path twinspan, Path wireGuard, Path folder) {
        TwinspanGateways gcm = new TwinspanGateways(twinspan, "udp", TwinspanGateways.AES_GCM, TwinspanGateways.AUTO);
        StrongSwanGateways strongSwan = new StrongSwanGateways(StrongSwanGateways.AES_GCM);
        WireGuardGateways newest = new WireGuardGateways(wireGuard);
        return List.of(
                new Candidate(
                        NO_TUNNEL,
                        "no tunnel, plain routing",
                        EVERYTHING,
                        () -> "",
                        (topology, _, _) -> topology.routeDirectly()),
                new Candidate(
                        TWINSPAN, "Twinspan, AES-256-GCM in UDP", EVERYTHING, () -> gcm.missing(folder), gcm::start),
                new Candidate(
                        STRONGSWAN,
                        "strongSwan userspace ESP, AES-256-GCM in UDP",
                        EVERYTHING,
                        StrongSwanGateways::missing,
                        strongSwan::start),
                new Candidate(
                        WIREGUARD,
                        "wireguard-go, newest",
                        EVERYTHING,
                        () -> newest.missing("benchmarks/fetch-peers gets it"),
                        newest::start));
    }
}
