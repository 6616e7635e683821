package io.twinspan.daemon.drill;

/**
 * What is known about a connection before a drill.
 *
 * @param activeTunnel number of the tunnel that carries the traffic, 0 for none
 * @param tunnels how many there are
 * @param hasTunnel true where the tunnel under test exists
 * @param redundant true where the loss of the active tunnel would be covered
 * @param other number of the tunnel that is not under test, 0 for none
 * @param otherReady true where that one could carry the traffic now
 * @param otherState its state in a word
 * @param otherHeardAgoNanos time since a packet of the other tunnel proved authentic; {@link Long#MAX_VALUE} for never
 * @param lastSwitchAgoNanos time since traffic last moved; {@link Long#MAX_VALUE} for never
 * @param running what drill runs already, in words; empty for none
 * @param targetAllowed false where the target is no address in the protected networks of the peer's side
 * @param noRestart why this daemon cannot restart under a drill, as a sentence; empty where it can
 */
public record DrillFacts(
        int activeTunnel,
        int tunnels,
        boolean hasTunnel,
        boolean redundant,
        int other,
        boolean otherReady,
        String otherState,
        long otherHeardAgoNanos,
        long lastSwitchAgoNanos,
        String running,
        boolean targetAllowed,
        String noRestart) {}
