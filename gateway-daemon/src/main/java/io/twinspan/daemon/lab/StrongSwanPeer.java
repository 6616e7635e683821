package io.twinspan.daemon.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A strongSwan daemon with its userspace ESP (plugin kernel-libipsec) that plays one AWS endpoint in a lab namespace.
 *
 * <p>Needs the packages {@code charon-systemd}, {@code strongswan-swanctl} and {@code libcharon-extra-plugins} (5.9.8 in
 * Debian 12). The plugin speaks ESP in UDP 4500 only, so {@code encap = yes} is always set.
 */
public final class StrongSwanPeer implements AutoCloseable {
    private static final Path DAEMON = Path.of("/usr/sbin/charon-systemd");
    private static final Path CONTROL = Path.of("/usr/sbin/swanctl");
    /** The TUN device that the plugin makes; whoever starts the peer routes what belongs into the tunnel there. */
    public static final String DEVICE = "ipsec0";

    private static final long START_SECONDS = 15;
    private static final long STOP_SECONDS = 5;

    private final LabNamespace namespace;
    private final Path folder;
    private final Settings settings;
    private final Process process;

    private StrongSwanPeer(LabNamespace namespace, Path folder, Settings settings, Process process) {
        this.namespace = namespace;
        this.folder = folder;
        this.settings = settings;
        this.process = process;
    }

    /**
     * What one strongSwan connection is told.
     *
     * @param localAddress the AWS endpoint's outside address, also its identity
     * @param remoteAddress the gateway's outside address, or {@code %any} behind a NAT
     * @param remoteIdentity the gateway's identity
     * @param preSharedKey shared secret
     * @param ikeProposal in strongSwan's words, for example {@code aes256gcm16-prfsha384-ecp384}
     * @param espProposal likewise, with the PFS group
     * @param initiate true makes strongSwan start the connection
     * @param dpdSeconds silence before strongSwan checks liveness
     * @param extraConnection further lines for the connection block
     * @param extraChild further lines for the child block
     */
    public record Settings(
            String localAddress,
            String remoteAddress,
            String remoteIdentity,
            String preSharedKey,
            String ikeProposal,
            String espProposal,
            boolean initiate,
            int dpdSeconds,
            String extraConnection,
            String extraChild) {
        /** Never prints the key. */
        @Override
        public String toString() {
            return "Settings[" + localAddress + " to " + remoteAddress + ", " + ikeProposal + ", " + espProposal + "]";
        }
    }

    /** The name of the package that is missing, or an empty text where strongSwan can be started. */
    public static String missing() {
        if (!Files.isExecutable(DAEMON)) {
            return "charon-systemd";
        }
        if (!Files.isExecutable(CONTROL)) {
            return "strongswan-swanctl";
        }
        return Files.isReadable(Path.of("/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so"))
                ? ""
                : "libcharon-extra-plugins";
    }

    /** Starts the daemon in the namespace and loads its one connection. */
    public static StrongSwanPeer start(LabNamespace namespace, Path folder, Settings settings) {
        return start(namespace, folder, settings, "");
    }

    /**
     * Starts the daemon in the namespace and loads its one connection; a daemon that was killed in the same folder may be
     * started again.
     *
     * @param extraDaemon further lines for the daemon's own configuration
     */
    public static StrongSwanPeer start(LabNamespace namespace, Path folder, Settings settings, String extraDaemon) {
        return start(namespace, folder, settings, extraDaemon, List.of(DAEMON.toString()));
    }

    /**
     * The same with a daemon that lies elsewhere, for example another version in a folder of its own.
     *
     * @param daemon the command that becomes the daemon
     */
    public static StrongSwanPeer start(
            LabNamespace namespace, Path folder, Settings settings, String extraDaemon, List<String> daemon) {
        String missing = missing();
        if (!missing.isEmpty()) {
            throw new LabException("strongSwan is not complete here: install the package " + missing, null);
        }
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve("charon.vici"));
            Files.writeString(folder.resolve("strongswan.conf"), daemonConfiguration(folder, extraDaemon));
            Files.writeString(folder.resolve("swanctl.conf"), connectionConfiguration(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process process = namespace.startProcess(
                daemon, folder.resolve("charon.log"), List.of("STRONGSWAN_CONF=" + folder.resolve("strongswan.conf")));
        StrongSwanPeer peer = new StrongSwanPeer(namespace, folder, settings, process);
        peer.awaitControlSocket();
        peer.control("--load-all", "--file", folder.resolve("swanctl.conf").toString());
        return peer;
    }

    /** The settings it was started with. */
    public Settings settings() {
        return settings;
    }

    /** The daemon's process. */
    public Process process() {
        return process;
    }

    /** Runs {@code swanctl} and returns what it printed; a failure is an exception with its words. */
    public String control(String... arguments) {
        LabNamespace.CommandResult result = tryControl(arguments);
        if (result.exitCode() != 0) {
            throw new LabException(
                    "swanctl " + String.join(" ", arguments) + " failed: "
                            + result.output().strip(),
                    null);
        }
        return result.output();
    }

    /** Runs {@code swanctl} and returns its exit code and words. */
    public LabNamespace.CommandResult tryControl(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = CONTROL.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "--uri";
        command[arguments.length + 2] = "unix://" + folder.resolve("charon.vici");
        return namespace.tryRun(command);
    }

    /** Asks strongSwan to rekey the child SA. */
    public void rekeyChild() {
        control("--rekey", "--child", "net");
    }

    /** Asks strongSwan to rekey the IKE SA. */
    public void rekeyIke() {
        control("--rekey", "--ike", "aws");
    }

    /** Has strongSwan start the connection, without waiting for it. */
    public void initiate() {
        control("--initiate", "--child", "net", "--timeout", "-1");
    }

    /** Asks strongSwan to delete the child SA only. */
    public void terminateChild() {
        control("--terminate", "--child", "net");
    }

    /** Asks strongSwan to delete the IKE SA. */
    public void terminate() {
        control("--terminate", "--ike", "aws");
    }

    /** What {@code swanctl --list-sas} prints. */
    public String securityAssociations() {
        return control("--list-sas");
    }

    /** What the daemon wrote, for a test's failure message. */
    public String log() {
        try {
            return Files.readString(folder.resolve("charon.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, as a crash does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            kill();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitControlSocket() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (tryControl("--stats").exitCode() != 0) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new LabException("strongSwan did not start: " + log(), null);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static String daemonConfiguration(Path folder, String extraDaemon) {
        return """
                charon-systemd {
                  load = random nonce openssl aes sha1 sha2 hmac gcm kdf gmp socket-default kernel-libipsec kernel-netlink vici
                  retransmit_timeout = 1
                  retransmit_tries = 4
                  port = 500
                  port_nat_t = 4500
                  # The plugin routes each policy, here everything, into its device whatever install_routes says; after
                  # the main table those routes are never asked.
                  routing_table_prio = 40000
                  install_virtual_ip = no
                  %s
                  filelog {
                    stderr {
                      default = 1
                      ike = 2
                      flush_line = yes
                    }
                  }
                  plugins {
                    vici {
                      socket = unix://%s
                    }
                    kernel-libipsec {
                      allow_peer_ts = yes
                    }
                  }
                }
                """.formatted(extraDaemon, folder.resolve("charon.vici"));
    }

    private static String connectionConfiguration(Settings settings) {
        return """
                connections {
                  aws {
                    version = 2
                    local_addrs = %s
                    remote_addrs = %s
                    proposals = %s
                    dpd_delay = %d
                    encap = yes
                    mobike = no
                    rekey_time = 0
                    %s
                    local {
                      auth = psk
                      id = %s
                    }
                    remote {
                      auth = psk
                      id = %s
                    }
                    children {
                      net {
                        local_ts = 0.0.0.0/0
                        remote_ts = 0.0.0.0/0
                        esp_proposals = %s
                        rekey_time = 0
                        start_action = %s
                        %s
                      }
                    }
                  }
                }
                secrets {
                  ike-aws {
                    secret = "%s"
                  }
                }
                """.formatted(
                        settings.localAddress(),
                        settings.remoteAddress(),
                        settings.ikeProposal(),
                        settings.dpdSeconds(),
                        settings.extraConnection(),
                        settings.localAddress(),
                        settings.remoteIdentity(),
                        settings.espProposal(),
                        settings.initiate() ? "start" : "none",
                        settings.extraChild(),
                        settings.preSharedKey());
    }
}
