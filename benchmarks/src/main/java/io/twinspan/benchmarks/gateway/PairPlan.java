package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Addresses and configurations of two gateways with so many connections between them, two tunnels each. Gateway A has one
 * outside address, as a customer's has; B has one for each tunnel, as AWS has.
 *
 * @param connections 1 to 250
 * @param cryptoEngine as the configuration names it
 */
public record PairPlan(int connections, String cryptoEngine) {
    /** Tunnels of a connection. */
    public static final int TUNNELS_EACH = 2;

    static final int MAX_CONNECTIONS = 250;
    static final String OUTSIDE_A = "198.18.0.1";

    private static final int INSIDE_NETWORKS_FOR_EACH_OCTET = 64;

    /** AWS keeps the first networks of 169.254.0.0/16 for itself. */
    private static final int FIRST_INSIDE_OCTET = 64;

    public PairPlan {
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(connections + " connections are not 1 to " + MAX_CONNECTIONS);
        }
    }

    /** Tunnels of all connections. */
    public int tunnels() {
        return connections * TUNNELS_EACH;
    }

    /** What a connection is called; connections count from 0. */
    public static String connection(int index) {
        return "c" + index;
    }

    /** The host of a connection's network on side A; connections count from 0. */
    public String hostA(int connection) {
        return "10.1." + connection + ".1";
    }

    /** The host of a connection's network on side B. */
    public String hostB(int connection) {
        return "10.2." + connection + ".1";
    }

    /** Every outside address of gateway B. */
    List<String> outsideB() {
        return IntStream.range(0, tunnels()).mapToObj(PairPlan::outsideB).toList();
    }

    /** Writes a key for each tunnel, where both configurations will find it. */
    public void writeKeys(Path folder) {
        for (int tunnel = 0; tunnel < tunnels(); tunnel++) {
            TextFiles.writeSecret(folder.resolve(keyFile(tunnel)), "measured.Tunnel_Key_number_" + tunnel + "\n");
        }
    }

    /** The configuration of gateway A, which begins. */
    public String configurationA() {
        return configuration(true);
    }

    /** The configuration of gateway B, which answers. */
    public String configurationB() {
        return configuration(false);
    }

    private String configuration(boolean sideA) {
        StringBuilder yaml =
                new StringBuilder("version: 1\ndataplane: {crypto-engine: " + cryptoEngine + "}\nconnections:\n");
        for (int i = 0; i < connections; i++) {
            yaml.append("""
                      %s:
                        local: [%s/32]
                        remote: [%s/32]
                        startup: %s
                        tunnels:
                    """.formatted(
                            connection(i),
                            sideA ? hostA(i) : hostB(i),
                            sideA ? hostB(i) : hostA(i),
                            sideA ? "initiate" : "respond"));
            for (int number = 1; number <= TUNNELS_EACH; number++) {
                yaml.append(tunnel(i * TUNNELS_EACH + number - 1, number, sideA));
            }
        }
        return yaml.toString();
    }

    private static String tunnel(int index, int number, boolean sideA) {
        return """
                      - number: %d
                        psk-file: %s
                        outside: {bind: %s, remote: %s}
                        inside: {local: %s/30, remote: %s}
                """.formatted(
                        number,
                        keyFile(index),
                        sideA ? OUTSIDE_A : outsideB(index),
                        sideA ? outsideB(index) : OUTSIDE_A,
                        inside(index, sideA ? 2 : 1),
                        inside(index, sideA ? 1 : 2));
    }

    private static String outsideB(int tunnel) {
        return "198.18." + (1 + tunnel / MAX_CONNECTIONS) + "." + (1 + tunnel % MAX_CONNECTIONS);
    }

    private static String inside(int tunnel, int host) {
        return "169.254." + (FIRST_INSIDE_OCTET + tunnel / INSIDE_NETWORKS_FOR_EACH_OCTET) + "."
                + (tunnel % INSIDE_NETWORKS_FOR_EACH_OCTET * 4 + host);
    }

    private static String keyFile(int tunnel) {
        return "tunnel-" + tunnel + ".psk";
    }

    /** Every address of a list as commands for {@code ip -batch}. */
    static String addAddresses(List<String> addresses, int prefixLength, String device) {
        List<String> lines = new ArrayList<>();
        for (String address : addresses) {
            lines.add("address add " + address + "/" + prefixLength + " dev " + device);
        }
        return String.join("\n", lines) + "\n";
    }
}
