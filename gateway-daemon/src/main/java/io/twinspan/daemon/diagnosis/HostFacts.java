package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was seen of the host, for {@link HostChecks}.
 *
 * @param running true where the gateway itself runs, so that the ports are rightly taken
 * @param portHolders who holds UDP port 500 or 4500, by port: {@code charon (pid 812)}; no entry for a free port
 * @param tun the TUN driver
 * @param missingCapabilities rights that a gateway needs and this process lacks
 * @param sysctl kernel parameters by their names below /proc/sys/net, such as {@code ipv4/ip_forward}; those that exist
 * @param clock of the host
 * @param cipher what would seal packets
 * @param api where the API is to listen on TCP
 * @param ipsecDaemons other programs that do IPsec: {@code charon (pid 812)}
 * @param routes of the main table
 * @param configProblems errors and warnings of the configuration, a line each
 * @param connections as configured; none where the configuration could not be read
 */
public record HostFacts(
        boolean running,
        Map<Integer, String> portHolders,
        Tun tun,
        List<String> missingCapabilities,
        Map<String, String> sysctl,
        Clock clock,
        Cipher cipher,
        Api api,
        List<String> ipsecDaemons,
        List<HostRoute> routes,
        ConfigProblems configProblems,
        List<Connection> connections) {
    public HostFacts {
        portHolders = Map.copyOf(portHolders);
        missingCapabilities = List.copyOf(missingCapabilities);
        sysctl = Map.copyOf(sysctl);
        ipsecDaemons = List.copyOf(ipsecDaemons);
        routes = List.copyOf(routes);
        connections = List.copyOf(connections);
    }

    /**
     * The TUN driver.
     *
     * @param error why no device can be made; empty where one can
     * @param offloads true where packets may have a virtio header
     */
    public record Tun(String error, boolean offloads) {}

    /**
     * The host's clock.
     *
     * @param now what it shows
     * @param state what the kernel says of it
     * @param errorMicros how far it may be off, where it is synchronised
     */
    public record Clock(Instant now, ClockState state, long errorMicros) {}

    /** What the kernel says of its clock, adjtimex(2). */
    public enum ClockState {
        SYNCHRONISED,
        UNSYNCHRONISED,
        UNKNOWN
    }

    /**
     * What would seal packets.
     *
     * @param engine its name and version; empty where it was not tried
     * @param aes true where the processor has AES instructions
     * @param others engines passed over and why
     * @param error why none is there; empty where one is
     */
    public record Cipher(String engine, boolean aes, List<String> others, String error) {
        public Cipher {
            others = List.copyOf(others);
        }
    }

    /**
     * The API's TCP listener.
     *
     * @param listen its address and port; empty where the configuration has none
     * @param problems why it does not listen, or would not
     */
    public record Api(String listen, List<String> problems) {
        /** The Unix socket alone. */
        public static final Api NONE = new Api("", List.of());

        /** What to do about the problems; the gateway tries every few seconds. */
        public static final String FIX = "free the address ('ss -ltnp' shows who holds a port) or mend the file;"
                + " the gateway tries again by itself and needs no restart";

        public Api {
            problems = List.copyOf(problems);
        }
    }

    /** Lines for people. */
    public record ConfigProblems(List<String> errors, List<String> warnings) {
        public ConfigProblems {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A route of the main table.
     *
     * @param prefix its network
     * @param device name of the device; empty for none
     * @param kind unicast, blackhole, or the kernel's number
     * @param metric smaller is better
     * @param ours true where the gateway made it
     */
    public record HostRoute(IpPrefix prefix, String device, String kind, int metric, boolean ours) {}

    /**
     * A connection as configured.
     *
     * @param wantedBufferOctets size of socket buffers
     */
    public record Connection(
            String name,
            String device,
            List<IpPrefix> local,
            List<IpPrefix> remote,
            int uplinkMtuBytes,
            int wantedBufferOctets,
            List<Peer> peers) {
        public Connection {
            local = List.copyOf(local);
            remote = List.copyOf(remote);
            peers = List.copyOf(peers);
        }
    }

    /**
     * A tunnel's outside.
     *
     * @param tunnel its number
     * @param address of the peer
     * @param source address that we would send from; the unspecified address where there is no way
     * @param device the way to the peer
     * @param linkMtuBytes of that device; 0 where unknown
     * @param innerMtuBytes what fits through the tunnel with the worst suite that it may agree on
     * @param error why there is no way; empty where there is one
     */
    public record Peer(
            int tunnel,
            InetAddress address,
            InetAddress source,
            String device,
            int linkMtuBytes,
            int innerMtuBytes,
            String error) {}
}
