package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.Processes;
import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.benchmarks.throughput.Waiting;
import io.twinspan.daemon.lab.LabNamespace;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.StrongSwanPeer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * strongSwan with its userspace ESP as the customer gateway, with its fastest sensible settings: a check after one second of
 * silence, three sends 0.2 s apart. These are the daemon's, for every peer and for the first contact too. Both tunnels have the
 * same selectors, so that the policy of the one that is left takes over when the other's is removed.
 */
final class StrongSwanGateway implements CustomerGateway {
    private static final String DAEMON = "/usr/sbin/charon-systemd";
    private static final String CONTROL = "/usr/sbin/swanctl";
    private static final long START_SECONDS = 30;

    private final LabNamespace namespace;
    private final Path folder;
    private final Process process;

    StrongSwanGateway(LabTopology topology, Path place) {
        if (!StrongSwanPeer.missing().isEmpty()) {
            throw new BenchException(
                    "strongSwan is not complete here: install the package " + StrongSwanPeer.missing());
        }
        namespace = topology.gateway();
        folder = TextFiles.folder(place, "strongswan-gateway");
        Path configuration = TextFiles.write(folder.resolve("strongswan.conf"), daemon());
        TextFiles.write(folder.resolve("swanctl.conf"), connections());
        process = namespace.startProcess(
                List.of(DAEMON), folder.resolve("charon.log"), List.of("STRONGSWAN_CONF=" + configuration));
        try {
            Waiting.until(
                    START_SECONDS,
                    "strongSwan answers",
                    () -> control("--stats").exitCode() == 0);
            control("--load-all", "--file", folder.resolve("swanctl.conf").toString());
            namespace.run("ip", "route", "replace", LabTopology.VPC_PREFIX, "dev", StrongSwanPeer.DEVICE);
            Waiting.until(START_SECONDS, "strongSwan has both tunnels", this::ready);
        } catch (BenchException e) {
            Processes.end(process);
            throw new BenchException(e.getMessage() + ": " + TextFiles.read(folder.resolve("charon.log")));
        }
    }

    private LabNamespace.CommandResult control(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = CONTROL;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "--uri";
        command[arguments.length + 2] = "unix://" + folder.resolve("charon.vici");
        return namespace.tryRun(command);
    }

    private boolean stands(int tunnel) {
        return control("--list-sas", "--ike", "aws" + tunnel).output().contains("INSTALLED");
    }

    @Override
    public String description() {
        return "strongSwan, fastest settings";
    }

    @Override
    public boolean ready() {
        return stands(1) && stands(2);
    }

    @Override
    public boolean canSwitch() {
        return false;
    }

    @Override
    public void switchTo(int tunnel) {
        throw new UnsupportedOperationException("strongSwan has no order for it");
    }

    @Override
    public void renew(int tunnel) {
        if (!stands(tunnel)) {
            control("--initiate", "--child", "net" + tunnel, "--timeout", "5");
        }
    }

    @Override
    public Story storySince(Instant start) {
        return Story.none(start);
    }

    @Override
    public void close() {
        Processes.end(process);
    }

    private String daemon() {
        return """
                charon-systemd {
                  load = random nonce openssl aes sha1 sha2 hmac gcm kdf gmp socket-default kernel-libipsec kernel-netlink vici
                  retransmit_timeout = 0.2
                  retransmit_base = 1
                  retransmit_tries = 2
                  routing_table_prio = 40000
                  install_virtual_ip = no
                  filelog {
                    stderr {
                      default = 1
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
                """.formatted(folder.resolve("charon.vici"));
    }

    private static String connections() {
        StringBuilder text = new StringBuilder("connections {\n");
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            text.append("""
                      aws%1$d {
                        version = 2
                        local_addrs = %2$s
                        remote_addrs = %3$s
                        proposals = aes256gcm16-prfsha384-ecp384
                        dpd_delay = 1s
                        encap = yes
                        mobike = no
                        keyingtries = 0
                        rekey_time = 0
                        local {
                          auth = psk
                          id = %2$s
                        }
                        remote {
                          auth = psk
                          id = %3$s
                        }
                        children {
                          net%1$d {
                            reqid = %1$d
                            local_ts = 0.0.0.0/0
                            remote_ts = 0.0.0.0/0
                            esp_proposals = aes256gcm16-ecp384
                            rekey_time = 0
                            start_action = start
                            dpd_action = restart
                            close_action = start
                          }
                        }
                      }
                    """.formatted(tunnel, LabTopology.GATEWAY_PUBLIC, LabTopology.ENDPOINTS.get(tunnel - 1)));
        }
        text.append("}\nsecrets {\n");
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            text.append("  ike-aws%d {\n    id = %s\n    secret = \"%s\"\n  }\n"
                    .formatted(tunnel, LabTopology.ENDPOINTS.get(tunnel - 1), RigPlan.key(tunnel)));
        }
        return text.append("}\n").toString();
    }
}
