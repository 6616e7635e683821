package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.daemon.lab.LabTopology;
import java.nio.file.Path;

/** Configurations of both sides, beyond which everything is as it comes. */
final class RigPlan {
    /** Name of the gateway's connection. */
    static final String CONNECTION = "lab";

    private RigPlan() {}

    /** Writes both tunnels' keys where the configurations will find them. */
    static void writeKeys(Path folder) {
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            TextFiles.writeSecret(folder.resolve(keyFile(tunnel)), key(tunnel) + "\n");
        }
    }

    static String key(int tunnel) {
        return "measured.Tunnel_Key_number_" + tunnel;
    }

    /**
     * The gateway: all defaults, but for the hold-down, so that a run need not wait half a minute or more for the next.
     *
     * @param more further lines of the connection, or none
     */
    static String gateway(String more) {
        StringBuilder yaml =
                new StringBuilder("""
                version: 1
                connections:
                  %s:
                    local: [%s]
                    remote: [%s]
                    hold-down: 1s
                    max-hold-down: 1s
                """.formatted(CONNECTION, LabTopology.ON_PREM_PREFIX, LabTopology.VPC_PREFIX));
        more.lines().forEach(line -> yaml.append("    ").append(line).append('\n'));
        yaml.append("    tunnels:\n");
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            yaml.append(tunnel(
                    tunnel,
                    "{bind: " + LabTopology.GATEWAY_PUBLIC + ", remote: " + LabTopology.ENDPOINTS.get(tunnel - 1) + "}",
                    insideOfGateway(tunnel),
                    insideOfAws(tunnel)));
        }
        return yaml.toString();
    }

    /** One AWS endpoint: it answers, sends no probes, checks after 10 s of silence, and gives up 30 s later, as AWS does. */
    static String endpoint(int tunnel) {
        return """
                version: 1
                connections:
                  aws:
                    local: [%s]
                    remote: [%s]
                    startup: respond
                    liveness: {interval: 10s, timeout: 30s}
                    probe: off
                    hold-down: 0s
                    tunnels:
                """.formatted(LabTopology.VPC_PREFIX, LabTopology.ON_PREM_PREFIX)
                + tunnel(
                        tunnel,
                        "{bind: " + LabTopology.ENDPOINTS.get(tunnel - 1) + ", remote: " + LabTopology.GATEWAY_PUBLIC
                                + "}",
                        insideOfAws(tunnel),
                        insideOfGateway(tunnel));
    }

    private static String tunnel(int number, String outside, String insideLocal, String insideRemote) {
        return """
                      - number: %d
                        psk-file: %s
                        outside: %s
                        inside: {local: %s/30, remote: %s}
                """.formatted(number, keyFile(number), outside, insideLocal, insideRemote);
    }

    private static String keyFile(int tunnel) {
        return "tunnel-" + tunnel + ".psk";
    }

    static String insideOfGateway(int tunnel) {
        return "169.254." + (20 + tunnel) + ".2";
    }

    static String insideOfAws(int tunnel) {
        return "169.254." + (20 + tunnel) + ".1";
    }
}
