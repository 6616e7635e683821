package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.LabNamespace;
import io.twinspan.daemon.lab.StrongSwanPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * strongSwan with its userspace ESP on both sides: the installed one, which speaks ESP in UDP only, or a newer one in a
 * folder, which also speaks protocol 50.
 *
 * @param espProposal in strongSwan's words
 * @param root a folder with a strongSwan 6 and all its libraries; {@code /} for the installed one
 */
record StrongSwanGateways(String espProposal, Path root) implements Gateways {
    static final String AES_GCM = "aes256gcm16-ecp384";
    static final String AES_CBC_SHA1 = "aes128-sha1-modp2048";
    static final Path INSTALLED = Path.of("/");

    private static final String IKE_PROPOSAL = "aes256gcm16-prfsha384-ecp384";
    private static final String PRE_SHARED_KEY = "measured.Tunnel_Key_1234567890";
    private static final int DPD_SECONDS = 30;
    private static final String DAEMON = "/usr/sbin/charon-systemd";
    private static final String CONTROL = "/usr/sbin/swanctl";
    private static final String RAW_ESP = "plugins { kernel-libipsec { raw_esp = yes } }";
    private static final String NO_UDP = "encap = no";
    /** The daemon finds devices, processes and its own files, which lie under /tmp, at their usual places. */
    private static final String ENTER_ROOT = "for place in dev proc tmp; do mount --rbind /$place \"$1/$place\"; done;"
            + " exec chroot \"$1\" " + DAEMON;

    @Override
    public String missing() {
        String missing = StrongSwanPeer.missing();
        if (!missing.isEmpty()) {
            return "apt-get install " + missing;
        }
        return Files.isExecutable(Path.of(root + DAEMON))
                ? ""
                : "there is no strongSwan 6 in " + root + ": benchmarks/fetch-peers gets it";
    }

    @Override
    public String version() {
        return installed()
                ? Programs.line("strongSwan", CONTROL, "--version")
                : Programs.line("strongSwan", "chroot", root.toString(), CONTROL, "--version");
    }

    @Override
    public void start(BenchTopology topology, GatewayPair pair, Path folder) {
        StrongSwanPeer b = start(
                topology.gatewayB(),
                folder.resolve("b"),
                settings(BenchTopology.OUTSIDE_B, BenchTopology.OUTSIDE_A, false));
        pair.addB(b.process());
        StrongSwanPeer a = start(
                topology.gatewayA(),
                folder.resolve("a"),
                settings(BenchTopology.OUTSIDE_A, BenchTopology.OUTSIDE_B, true));
        pair.addA(a.process());
        topology.routeInto(StrongSwanPeer.DEVICE, StrongSwanPeer.DEVICE);
    }

    private boolean installed() {
        return root.equals(INSTALLED);
    }

    private StrongSwanPeer start(LabNamespace namespace, Path folder, StrongSwanPeer.Settings settings) {
        return installed()
                ? StrongSwanPeer.start(namespace, folder, settings)
                : StrongSwanPeer.start(
                        namespace,
                        folder,
                        settings,
                        RAW_ESP,
                        List.of("unshare", "--mount", "sh", "-c", ENTER_ROOT, "sh", root.toString()));
    }

    private StrongSwanPeer.Settings settings(String local, String remote, boolean initiate) {
        return new StrongSwanPeer.Settings(
                local,
                remote,
                remote,
                PRE_SHARED_KEY,
                IKE_PROPOSAL,
                espProposal,
                initiate,
                DPD_SECONDS,
                installed() ? "" : NO_UDP,
                "");
    }
}
