package io.twinspan.benchmarks.failover;

import io.twinspan.daemon.lab.LabLink;
import io.twinspan.daemon.lab.LinkDirection;
import io.twinspan.daemon.lab.LinkImpairment;
import java.util.Locale;

/** What happens to the tunnel that carries the traffic. */
enum Scenario {
    /** Its path swallows everything. */
    BLACKHOLE("black hole, both directions", true, true),
    /** Its path swallows what the gateway sends. */
    ONE_WAY_OUT("black hole, outbound only", true, false),
    /** Its path swallows what AWS sends. */
    ONE_WAY_IN("black hole, inbound only", false, true),
    /** AWS moves its own traffic to the other tunnel, then deletes this one. */
    DELETE("DELETE by the peer", false, false),
    /** An operator orders the other tunnel. */
    PLANNED("planned switch", false, false),
    /** The endpoint's process is killed. */
    KILL("peer process killed", false, false);

    private final String title;
    private final boolean swallowsToAws;
    private final boolean swallowsToGateway;

    Scenario(String title, boolean swallowsToAws, boolean swallowsToGateway) {
        this.title = title;
        this.swallowsToAws = swallowsToAws;
        this.swallowsToGateway = swallowsToGateway;
    }

    /** For tables. */
    String title() {
        return title;
    }

    /** As the command line has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True where return traffic stands still until AWS moves it. */
    boolean inboundWaitsForAws() {
        return this == BLACKHOLE || this == ONE_WAY_IN || this == KILL;
    }

    /** True where the gateway can tell AWS that the tunnel is gone: its own packets still arrive. */
    boolean gatewayIsHeard() {
        return this == ONE_WAY_IN;
    }

    /** Makes a tunnel's path swallow what this scenario swallows. */
    void cut(LabLink link, int tunnel, LinkImpairment healthy) {
        link.impair(tunnel, LinkDirection.TO_AWS, healthy.withBlackHole(swallowsToAws));
        link.impair(tunnel, LinkDirection.TO_GATEWAY, healthy.withBlackHole(swallowsToGateway));
    }
}
