package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everything that can be measured, in the order of a round. */
final class Catalogue {
    static final String NO_TUNNEL = "none";
    static final String TWINSPAN = "twinspan";
    static final String TWINSPAN_JDK = "twinspan-jdk";
    static final String TWINSPAN_CBC = "twinspan-cbc";
    static final String TWINSPAN_ESP = "twinspan-esp";
    static final String STRONGSWAN = "strongswan";
    static final String STRONGSWAN_CBC = "strongswan-cbc";
    static final String STRONGSWAN_ESP = "strongswan6-esp";
    static final String WIREGUARD = "wireguard";
    static final String WIREGUARD_OLD = "wireguard-old";
    static final String OPENVPN = "openvpn";

    private static final Path DEBIAN_WIREGUARD = Path.of("/usr/bin/wireguard-go");
    private static final Set<Measure> OF_ROUTING = EnumSet.complementOf(EnumSet.of(
            Measure.CPU_PER_GIB,
            Measure.CPU_PER_GIB_SENDER,
            Measure.CPU_PER_GIB_RECEIVER,
            Measure.UDP_64_CPU,
            Measure.UDP_1400_CPU,
            Measure.RESIDENT));
    private static final Set<Measure> OF_GATEWAYS =
            EnumSet.complementOf(EnumSet.of(Measure.GENERATOR_64, Measure.GENERATOR_1400));
    private static final Set<Measure> TCP = EnumSet.of(
            Measure.TCP_1,
            Measure.TCP_4,
            Measure.CPU_PER_GIB,
            Measure.CPU_PER_GIB_SENDER,
            Measure.CPU_PER_GIB_RECEIVER,
            Measure.RESIDENT);

    private Catalogue() {}

    /**
     * All candidates.
     *
     * @param twinspan the launcher script
     * @param wireGuard the newest wireguard-go
     * @param peers where benchmarks/fetch-peers puts things
     * @param scratch a folder for trying things out
     */
    static List<Candidate> all(Path twinspan, Path wireGuard, Path peers, Path scratch) {
        String gcm = TwinspanGateways.AES_GCM;
        return List.of(
                new Candidate(NO_TUNNEL, "no tunnel, plain routing", OF_ROUTING, new Routing()),
                new Candidate(
                        TWINSPAN,
                        "Twinspan, AES-256-GCM in UDP",
                        OF_GATEWAYS,
                        new TwinspanGateways(twinspan, scratch, "udp", gcm, TwinspanGateways.AUTO)),
                new Candidate(
                        STRONGSWAN,
                        "strongSwan userspace ESP, AES-256-GCM in UDP",
                        OF_GATEWAYS,
                        new StrongSwanGateways(StrongSwanGateways.AES_GCM, StrongSwanGateways.INSTALLED)),
                new Candidate(
                        WIREGUARD,
                        "wireguard-go, newest",
                        OF_GATEWAYS,
                        new WireGuardGateways(wireGuard, "benchmarks/fetch-peers gets it")),
                new Candidate(OPENVPN, "OpenVPN, AES-256-GCM", OF_GATEWAYS, new OpenVpnGateways()),
                new Candidate(
                        TWINSPAN_JDK,
                        "Twinspan, AES-256-GCM in UDP, JDK engine",
                        TCP,
                        new TwinspanGateways(twinspan, scratch, "udp", gcm, "jdk")),
                new Candidate(
                        TWINSPAN_CBC,
                        "Twinspan, AES-128-CBC-SHA1 in UDP",
                        TCP,
                        new TwinspanGateways(
                                twinspan, scratch, "udp", TwinspanGateways.AES_CBC_SHA1, TwinspanGateways.AUTO)),
                new Candidate(
                        STRONGSWAN_CBC,
                        "strongSwan userspace ESP, AES-128-CBC-SHA1 in UDP",
                        TCP,
                        new StrongSwanGateways(StrongSwanGateways.AES_CBC_SHA1, StrongSwanGateways.INSTALLED)),
                new Candidate(
                        TWINSPAN_ESP,
                        "Twinspan, AES-256-GCM, protocol 50",
                        TCP,
                        new TwinspanGateways(twinspan, scratch, "esp", gcm, TwinspanGateways.AUTO)),
                new Candidate(
                        STRONGSWAN_ESP,
                        "strongSwan 6 userspace ESP, AES-256-GCM, protocol 50",
                        TCP,
                        new StrongSwanGateways(StrongSwanGateways.AES_GCM, peers.resolve("strongswan-6"))),
                new Candidate(
                        WIREGUARD_OLD,
                        "wireguard-go, the distribution's",
                        TCP,
                        new WireGuardGateways(DEBIAN_WIREGUARD, "apt-get install wireguard-go")));
    }
}
