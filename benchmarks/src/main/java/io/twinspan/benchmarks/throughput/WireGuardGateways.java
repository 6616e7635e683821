package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.LabNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * wireguard-go on both sides.
 *
 * @param program the executable
 * @param howToGetIt for whoever has no such program
 */
record WireGuardGateways(Path program, String howToGetIt) implements Gateways {
    private static final Path CONTROL = Path.of("/usr/bin/wg");
    private static final Path SOCKETS = Path.of("/var/run/wireguard");
    private static final String PORT = "51820";
    private static final long START_SECONDS = 10;

    @Override
    public String missing() {
        String missing = Programs.missing(program, howToGetIt);
        return missing.isEmpty() ? Programs.missing(CONTROL, "apt-get install wireguard-tools") : missing;
    }

    @Override
    public String version() {
        return Programs.line("wireguard-go", program.toString(), "--version");
    }

    @Override
    public void start(BenchTopology topology, GatewayPair pair, Path folder) {
        // The control sockets lie in one folder by the device's name, so the names differ.
        pair.addA(run(topology.gatewayA(), "wg-a", folder));
        pair.addB(run(topology.gatewayB(), "wg-b", folder));
        Keys keysA = Keys.make(topology.gatewayA(), folder, "a");
        Keys keysB = Keys.make(topology.gatewayB(), folder, "b");
        configure(topology.gatewayA(), "wg-a", keysA, keysB, BenchTopology.PREFIX_B, BenchTopology.OUTSIDE_B);
        configure(topology.gatewayB(), "wg-b", keysB, keysA, BenchTopology.PREFIX_A, BenchTopology.OUTSIDE_A);
        topology.routeInto("wg-a", "wg-b");
    }

    private Process run(LabNamespace namespace, String device, Path folder) {
        Process process = namespace.startProcess(
                List.of(program.toString(), "--foreground", device), folder.resolve(device + ".log"), List.of());
        Path socket = SOCKETS.resolve(device + ".sock");
        Waiting.until(START_SECONDS, device + " has a control socket", () -> Files.exists(socket));
        return process;
    }

    private static void configure(
            LabNamespace namespace, String device, Keys own, Keys peer, String peerPrefix, String peerAddress) {
        namespace.run(
                CONTROL.toString(),
                "set",
                device,
                "listen-port",
                PORT,
                "private-key",
                own.privateFile().toString(),
                "peer",
                peer.publicKey(),
                "endpoint",
                peerAddress + ":" + PORT,
                "allowed-ips",
                peerPrefix);
        namespace.run("ip", "link", "set", device, "up");
    }

    private record Keys(Path privateFile, String publicKey) {
        static Keys make(LabNamespace namespace, Path folder, String side) {
            Path file = TextFiles.writeSecret(
                    folder.resolve("wg-" + side + ".key"), namespace.run(CONTROL.toString(), "genkey"));
            return new Keys(
                    file,
                    namespace.run("sh", "-c", CONTROL + " pubkey <" + file).strip());
        }
    }
}
