package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.net.Endpoint;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A NAT in front of one gateway: rewrites UDP endpoints, keeps ports at first, and may change its mind. */
public final class SimNat {
    private static final int FIRST_DYNAMIC_PORT = 20_000;
    private final InetAddress outside;
    private final Map<Endpoint, Integer> mappings = new HashMap<>();
    private final Map<Integer, Endpoint> reverse = new HashMap<>();
    private boolean keepPorts = true;
    private int nextPort = FIRST_DYNAMIC_PORT;

    /** A NAT with this public address. */
    public SimNat(InetAddress outside) {
        this.outside = outside;
    }

    /** Forgets every mapping; new ones get new ports. */
    public void remap() {
        mappings.clear();
        reverse.clear();
        keepPorts = false;
    }

    SimPacket outward(SimPacket packet) {
        if (packet instanceof SimPacket.Esp esp && !esp.udp()) {
            return packet.between(new Endpoint(outside, 0), packet.destination());
        }
        int port = mappings.computeIfAbsent(packet.source(), source -> {
            int chosen = keepPorts ? source.port() : nextPort++;
            reverse.put(chosen, source);
            return chosen;
        });
        return packet.between(new Endpoint(outside, port), packet.destination());
    }

    /** Empty where no mapping lets the packet in. */
    Optional<SimPacket> inward(SimPacket packet) {
        Optional<Endpoint> inside =
                Optional.ofNullable(reverse.get(packet.destination().port()));
        return packet.destination().address().equals(outside)
                ? inside.map(endpoint -> packet.between(packet.source(), endpoint))
                : Optional.empty();
    }
}
