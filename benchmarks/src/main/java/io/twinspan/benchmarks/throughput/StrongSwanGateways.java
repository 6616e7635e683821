package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.StrongSwanPeer;
import java.nio.file.Path;

/**
 * strongSwan with its userspace ESP, always in UDP, on both sides.
 *
 * @param espProposal in strongSwan's words
 */
record StrongSwanGateways(String espProposal) {
    static final String AES_GCM = "aes256gcm16-ecp384";
    static final String AES_CBC_SHA1 = "aes128-sha1-modp2048";

    private static final String IKE_PROPOSAL = "aes256gcm16-prfsha384-ecp384";
    private static final String PRE_SHARED_KEY = "measured.Tunnel_Key_1234567890";
    private static final int DPD_SECONDS = 30;

    /** A sentence where a package is missing. */
    static String missing() {
        String missing = StrongSwanPeer.missing();
        return missing.isEmpty() ? "" : "apt-get install " + missing;
    }

    /** Starts B, which waits, then A, which calls it. */
    void start(BenchTopology topology, GatewayPair pair, Path folder) {
        StrongSwanPeer b = StrongSwanPeer.start(
                topology.gatewayB(),
                folder.resolve("b"),
                settings(BenchTopology.OUTSIDE_B, BenchTopology.OUTSIDE_A, false));
        pair.addB(b.process());
        StrongSwanPeer a = StrongSwanPeer.start(
                topology.gatewayA(),
                folder.resolve("a"),
                settings(BenchTopology.OUTSIDE_A, BenchTopology.OUTSIDE_B, true));
        pair.addA(a.process());
        topology.routeInto(StrongSwanPeer.DEVICE, StrongSwanPeer.DEVICE);
    }

    private StrongSwanPeer.Settings settings(String local, String remote, boolean initiate) {
        return new StrongSwanPeer.Settings(
                local, remote, remote, PRE_SHARED_KEY, IKE_PROPOSAL, espProposal, initiate, DPD_SECONDS, "", "");
    }
}
