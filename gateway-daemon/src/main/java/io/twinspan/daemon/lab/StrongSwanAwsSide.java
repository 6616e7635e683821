package io.twinspan.daemon.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two strongSwan daemons as AWS, one for each endpoint; the VPC host's route plays AWS's choice of a tunnel. */
final class StrongSwanAwsSide implements AwsSide {
    private final LabTopology topology;
    private final List<StrongSwanPeer> peers;

    private StrongSwanAwsSide(LabTopology topology, List<StrongSwanPeer> peers) {
        this.topology = topology;
        this.peers = peers;
    }

    /** Starts both daemons. */
    static StrongSwanAwsSide start(LabTopology topology, AwsConnectionFile connection, Path folder) {
        List<StrongSwanPeer> peers = new ArrayList<>();
        try {
            for (int tunnel = 1; tunnel <= connection.endpoints().size(); tunnel++) {
                StrongSwanPeer.Settings settings = new StrongSwanPeer.Settings(
                        connection.endpoints().get(tunnel - 1),
                        "%any",
                        connection.gatewayAddress(),
                        connection.preSharedKeys().get(tunnel - 1),
                        "aes256gcm16-prfsha384-ecp384",
                        "aes256gcm16-ecp384",
                        false,
                        10,
                        "",
                        "");
                peers.add(StrongSwanPeer.start(topology.endpoint(tunnel), folder.resolve("aws-" + tunnel), settings));
                topology.routeIntoTunnel(
                        tunnel,
                        StrongSwanPeer.DEVICE,
                        connection.insideNetworks().get(tunnel - 1).awsAddress(),
                        connection.insideNetworks().get(tunnel - 1).gatewayAddress());
            }
        } catch (LabException e) {
            peers.forEach(StrongSwanPeer::close);
            throw e;
        }
        return new StrongSwanAwsSide(topology, List.copyOf(peers));
    }

    @Override
    public String description() {
        return "strongSwan with userspace ESP";
    }

    @Override
    public void endpointLost(int tunnel) {
        topology.routeVpcThrough(tunnel == 1 ? 2 : 1);
    }

    @Override
    public void close() {
        peers.forEach(StrongSwanPeer::close);
    }
}
