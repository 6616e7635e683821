package io.twinspan.daemon.lab;

import java.nio.file.Path;

/** Twinspan's own responder as AWS: one daemon that answers on both endpoint addresses. */
final class TwinspanAwsSide implements AwsSide {
    private final GatewayLauncher.RunningGateway daemon;

    private TwinspanAwsSide(GatewayLauncher.RunningGateway daemon) {
        this.daemon = daemon;
    }

    /** Starts the responder in the namespace of the endpoints. */
    static TwinspanAwsSide start(
            GatewayLauncher launcher, LabTopology topology, AwsConnectionFile connection, Path folder) {
        LabFiles.writeSecrets(folder, connection.preSharedKeys());
        Path file = LabFiles.write(folder.resolve("aws.yaml"), configuration(connection));
        return new TwinspanAwsSide(topology.endpoint(1).call(() -> launcher.start(file, folder.resolve("aws.sock"))));
    }

    private static String configuration(AwsConnectionFile connection) {
        StringBuilder yaml = new StringBuilder("""
                version: 1
                connections:
                  aws:
                    local: [%s]
                    remote: [%s]
                    startup: respond
                    probe: off
                    liveness: {interval: %s, timeout: %s}
                    hold-down: %s
                    tunnels:
                """.formatted(
                        LabTopology.VPC_PREFIX,
                        LabTopology.ON_PREM_PREFIX,
                        LabFiles.LIVENESS_INTERVAL,
                        LabFiles.LIVENESS_TIMEOUT,
                        LabFiles.HOLD_DOWN));
        for (int i = 0; i < connection.endpoints().size(); i++) {
            AwsConnectionFile.InsideNetwork inside = connection.insideNetworks().get(i);
            yaml.append("""
                          - number: %d
                            psk-file: %s
                            outside: {bind: %s, remote: %s}
                            inside: {local: %s/30, remote: %s}
                    """.formatted(
                            i + 1,
                            LabFiles.secretName(i + 1),
                            connection.endpoints().get(i),
                            connection.gatewayAddress(),
                            inside.awsAddress(),
                            inside.gatewayAddress()));
        }
        return yaml.toString();
    }

    @Override
    public String description() {
        return "Twinspan's own responder";
    }

    @Override
    public void endpointLost(int tunnel) {
        // Its own liveness checks and fail-over move the traffic, as AWS's do.
    }

    @Override
    public void close() {
        daemon.close();
    }
}
