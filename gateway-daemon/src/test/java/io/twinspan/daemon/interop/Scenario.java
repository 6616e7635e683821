package io.twinspan.daemon.interop;

import java.util.List;

/**
 * What a {@link Rig} is built from. The defaults suit most tests: no NAT, the gateway starts, the default suite on both
 * tunnels, and liveness with patience enough for a busy machine.
 *
 * @param nat true puts a masquerading router between the gateway and the internet
 * @param gatewayStarts false lets strongSwan start both tunnels
 * @param suites one for each tunnel
 * @param livenessInterval of the gateway, as its configuration says it
 * @param livenessTimeout likewise
 * @param holdDown likewise
 * @param peerDpdSeconds silence after which strongSwan checks
 * @param gatewayKeys the gateway's idea of the pre-shared keys, one for each tunnel
 * @param peerSuites strongSwan's idea of the suites, one for each tunnel
 * @param peer further settings of strongSwan
 * @param connectionLines further lines of the connection in our own configuration
 */
record Scenario(
        boolean nat,
        boolean gatewayStarts,
        List<Suite> suites,
        String livenessInterval,
        String livenessTimeout,
        String holdDown,
        int peerDpdSeconds,
        List<String> gatewayKeys,
        List<Suite> peerSuites,
        PeerExtras peer,
        String connectionLines) {
    /** The keys that strongSwan has. */
    static final List<String> KEYS = List.of("first.Tunnel_Key_1234567890", "second.Tunnel_Key_0987654321");

    /** The gateway starts, no NAT. */
    static Scenario gatewayStartsBoth() {
        List<Suite> suites = List.of(Suite.DEFAULT, Suite.DEFAULT);
        return new Scenario(false, true, suites, "5s", "10s", "1s", 30, KEYS, suites, PeerExtras.NONE, "");
    }

    /** strongSwan starts, no NAT. */
    static Scenario peerStartsBoth() {
        Scenario base = gatewayStartsBoth();
        return new Scenario(
                base.nat,
                false,
                base.suites,
                base.livenessInterval,
                base.livenessTimeout,
                base.holdDown,
                base.peerDpdSeconds,
                base.gatewayKeys,
                base.peerSuites,
                base.peer,
                base.connectionLines);
    }

    /** The same behind a masquerading router. */
    Scenario behindNat() {
        return new Scenario(
                true,
                gatewayStarts,
                suites,
                livenessInterval,
                livenessTimeout,
                holdDown,
                peerDpdSeconds,
                gatewayKeys,
                peerSuites,
                peer,
                connectionLines);
    }

    /** The same with these suites on both sides. */
    Scenario withSuites(Suite first, Suite second) {
        return withSuites(List.of(first, second), List.of(first, second));
    }

    /** The same with suites that need not agree. */
    Scenario withSuites(List<Suite> ours, List<Suite> theirs) {
        return new Scenario(
                nat,
                gatewayStarts,
                ours,
                livenessInterval,
                livenessTimeout,
                holdDown,
                peerDpdSeconds,
                gatewayKeys,
                theirs,
                peer,
                connectionLines);
    }

    /** The same with liveness that finds a dead path within three seconds. */
    Scenario withQuickLiveness() {
        return withLiveness("1s", "2s", peerDpdSeconds);
    }

    /** The same with other timers of liveness. */
    Scenario withLiveness(String interval, String timeout, int peerSeconds) {
        return new Scenario(
                nat,
                gatewayStarts,
                suites,
                interval,
                timeout,
                holdDown,
                peerSeconds,
                gatewayKeys,
                peerSuites,
                peer,
                connectionLines);
    }

    /** The same where the gateway was given these keys. */
    Scenario withGatewayKeys(String first, String second) {
        return new Scenario(
                nat,
                gatewayStarts,
                suites,
                livenessInterval,
                livenessTimeout,
                holdDown,
                peerDpdSeconds,
                List.of(first, second),
                peerSuites,
                peer,
                connectionLines);
    }

    /** The same with one more setting of the connection, such as {@code df: honor}. */
    Scenario withSetting(String line) {
        return new Scenario(
                nat,
                gatewayStarts,
                suites,
                livenessInterval,
                livenessTimeout,
                holdDown,
                peerDpdSeconds,
                gatewayKeys,
                peerSuites,
                peer,
                connectionLines + "    " + line + "\n");
    }

    /** The same with further settings of strongSwan. */
    Scenario withPeer(PeerExtras extras) {
        return new Scenario(
                nat,
                gatewayStarts,
                suites,
                livenessInterval,
                livenessTimeout,
                holdDown,
                peerDpdSeconds,
                gatewayKeys,
                peerSuites,
                extras,
                connectionLines);
    }

    /**
     * Lines for strongSwan's files; the last assignment of a setting counts there.
     *
     * @param daemon for {@code strongswan.conf}
     * @param connection for the connection
     * @param child for the child
     */
    record PeerExtras(String daemon, String connection, String child) {
        static final PeerExtras NONE = new PeerExtras("", "", "");
    }
}
