package io.twinspan.config.model;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to the control API, and where it listens beside its Unix socket.
 *
 * @param groups whose members may use the Unix socket
 * @param listener where to listen on TCP; null for nowhere
 */
public record ApiConfig(SocketGroups groups, @Nullable Listener listener) {
    /** The Unix socket alone, as its file's group says. */
    public static final ApiConfig DEFAULT = new ApiConfig(SocketGroups.NONE, null);

    /** What somebody may do. */
    public enum Role {
        /** Looks at everything, changes nothing. */
        VIEWER("viewer"),
        /** Orders what the configuration allows: up, down, switch, rekey, drills. */
        OPERATOR("operator"),
        /** Changes the configuration. */
        ADMIN("admin");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The word in the file. */
        public String label() {
            return label;
        }
    }

    /**
     * Groups of this machine, by name or number; empty for none. Root and the daemon's own user need none.
     *
     * @param read whose members are viewers
     * @param change whose members are operators
     * @param admin whose members are admins
     */
    public record SocketGroups(String read, String change, String admin) {
        /** No groups: the members of the socket file's group are operators. */
        public static final SocketGroups NONE = new SocketGroups("", "", "");

        /** True where the file names any. */
        public boolean isGiven() {
            return !equals(NONE);
        }
    }

    /**
     * Where and how to listen on TCP.
     *
     * @param address one of this host's, or the unspecified one for all
     * @param port TCP port; 0, which no file can say, takes a free one
     * @param hosts names by which browsers may reach the listener, beside its addresses; lower case
     * @param tokens file with the hashes of bearer tokens; null for none
     * @param tls certificate and key; null for plain HTTP, on loopback addresses only
     */
    public record Listener(
            InetAddress address,
            int port,
            List<String> hosts,
            @Nullable Path tokens,
            @Nullable Tls tls) {
        public Listener {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * What the listener shows, and whom it trusts.
     *
     * @param certificate PEM file, the server's certificate first
     * @param key PEM file with its PKCS#8 key
     * @param clientCa PEM file with the authorities of clients; null where clients show no certificates
     * @param clients which certificates are let in
     */
    public record Tls(Path certificate, Path key, @Nullable Path clientCa, List<Client> clients) {
        public Tls {
            clients = List.copyOf(clients);
        }
    }

    /**
     * A client that shows a certificate.
     *
     * @param subject its whole distinguished name, as RFC 2253 writes it
     * @param role what it may do
     */
    public record Client(String subject, Role role) {}
}
