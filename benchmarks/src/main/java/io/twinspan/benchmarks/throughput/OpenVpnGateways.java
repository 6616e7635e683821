package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.LabNamespace;
import java.nio.file.Path;
import java.util.List;

/** OpenVPN, AES-256-GCM over UDP, point to point, without the kernel's data channel. */
final class OpenVpnGateways implements Gateways {
    private static final Path PROGRAM = Path.of("/usr/sbin/openvpn");
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final String DEVICE = "ovpn0";
    private static final String BUFFER_OCTETS = Integer.toString(4 << 20);
    private static final String QUEUE_PACKETS = "1000";
    private static final String INSIDE_A = "169.254.21.2";
    private static final String INSIDE_B = "169.254.21.1";
    private static final long START_SECONDS = 10;

    @Override
    public String missing() {
        String missing = Programs.missing(PROGRAM, "apt-get install openvpn");
        return missing.isEmpty() ? Programs.missing(OPENSSL, "apt-get install openssl") : missing;
    }

    @Override
    public String version() {
        return Programs.line("OpenVPN", PROGRAM.toString(), "--version");
    }

    @Override
    public void start(BenchTopology topology, GatewayPair pair, Path folder) {
        Identity a = Identity.make(topology.gatewayA(), folder, "a");
        Identity b = Identity.make(topology.gatewayB(), folder, "b");
        Side sideA = new Side(BenchTopology.OUTSIDE_A, INSIDE_A, "--tls-client", a);
        Side sideB = new Side(BenchTopology.OUTSIDE_B, INSIDE_B, "--tls-server", b);
        pair.addB(run(topology.gatewayB(), sideB, sideA, folder));
        pair.addA(run(topology.gatewayA(), sideA, sideB, folder));
        topology.routeInto(DEVICE, DEVICE);
    }

    private static Process run(LabNamespace namespace, Side own, Side peer, Path folder) {
        Process process = namespace.startProcess(
                List.of(
                        PROGRAM.toString(),
                        "--dev",
                        DEVICE,
                        "--dev-type",
                        "tun",
                        "--disable-dco",
                        "--proto",
                        "udp4",
                        "--local",
                        own.outside(),
                        "--remote",
                        peer.outside(),
                        "--ifconfig",
                        own.inside(),
                        peer.inside(),
                        own.role(),
                        "--dh",
                        "none",
                        "--cert",
                        own.identity().certificate().toString(),
                        "--key",
                        own.identity().key().toString(),
                        "--peer-fingerprint",
                        peer.identity().fingerprint(),
                        "--data-ciphers",
                        "AES-256-GCM",
                        "--sndbuf",
                        BUFFER_OCTETS,
                        "--rcvbuf",
                        BUFFER_OCTETS,
                        "--fast-io"),
                folder.resolve("openvpn-" + own.identity().name() + ".log"),
                List.of());
        Waiting.until(
                START_SECONDS,
                "OpenVPN has its device",
                () -> namespace.tryRun("ip", "link", "show", DEVICE).exitCode() == 0);
        namespace.run("ip", "link", "set", DEVICE, "txqueuelen", QUEUE_PACKETS);
        return process;
    }

    private record Side(String outside, String inside, String role, Identity identity) {}

    private record Identity(String name, Path key, Path certificate, String fingerprint) {
        static Identity make(LabNamespace namespace, Path folder, String name) {
            Path key = folder.resolve("openvpn-" + name + ".key");
            Path certificate = folder.resolve("openvpn-" + name + ".crt");
            namespace.run(
                    OPENSSL.toString(),
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:secp384r1",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=" + name,
                    "-keyout",
                    key.toString(),
                    "-out",
                    certificate.toString());
            String printed = namespace.run(
                    OPENSSL.toString(), "x509", "-in", certificate.toString(), "-noout", "-fingerprint", "-sha256");
            return new Identity(
                    name,
                    key,
                    certificate,
                    printed.substring(printed.indexOf('=') + 1).strip());
        }
    }
}
