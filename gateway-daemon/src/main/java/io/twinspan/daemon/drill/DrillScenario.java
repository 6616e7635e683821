package io.twinspan.daemon.drill;

/** What is rehearsed. Each has a text form, {@code name} or {@code name:value}, that {@link DrillCatalogue} reads. */
public sealed interface DrillScenario {
    /** The path of the tunnel is dead both ways, without a word. */
    record Blackhole() implements DrillScenario {}

    /**
     * The path is dead one way.
     *
     * @param inbound true where the packets from the peer vanish, false where ours do
     */
    record OneWayBlackhole(boolean inbound) implements DrillScenario {}

    /** @param percent of the packets that vanish each way */
    record Loss(int percent) implements DrillScenario {}

    /** @param millis that every packet takes longer each way */
    record Latency(int millis) implements DrillScenario {}

    /** The traffic is moved to the other tunnel and, half way, back. */
    record Planned() implements DrillScenario {}

    /** The SAs of the tunnel are deleted, as when AWS replaces an endpoint, and come up anew. */
    record PeerDelete() implements DrillScenario {}

    /** Keys are replaced every second. */
    record RekeyStorm() implements DrillScenario {}

    /** @param outerOctets longest IP packet that still fits the path */
    record MtuShrink(int outerOctets) implements DrillScenario {}

    /** The daemon hands over to its next process, as in an upgrade; that one measures. All tunnels of the gateway feel it. */
    record DaemonRestart() implements DrillScenario {}

    /** The first part of the text form. */
    default String name() {
        return switch (this) {
            case Blackhole _ -> "blackhole";
            case OneWayBlackhole _ -> "one-way-blackhole";
            case Loss _ -> "loss";
            case Latency _ -> "latency";
            case Planned _ -> "planned";
            case PeerDelete _ -> "peer-delete";
            case RekeyStorm _ -> "rekey-storm";
            case MtuShrink _ -> "mtu-shrink";
            case DaemonRestart _ -> "daemon-restart";
        };
    }

    /** The whole text form. */
    default String text() {
        return switch (this) {
            case OneWayBlackhole(boolean inbound) -> name() + (inbound ? ":in" : ":out");
            case Loss(int percent) -> name() + ":" + percent + "%";
            case Latency(int millis) -> name() + ":" + millis + "ms";
            case MtuShrink(int octets) -> name() + ":" + octets;
            case Blackhole _, Planned _, PeerDelete _, RekeyStorm _, DaemonRestart _ -> name();
        };
    }

    /** What it will do to a tunnel, as the beginning of a sentence that goes on with a time. */
    default String deed(int tunnel) {
        return switch (this) {
            case Blackhole _ -> "dropping the outer packets of tunnel " + tunnel;
            case OneWayBlackhole(boolean inbound) ->
                "dropping the outer packets " + (inbound ? "that come in on" : "that go out on") + " tunnel " + tunnel;
            case Loss(int percent) -> "dropping " + percent + " % of the outer packets of tunnel " + tunnel;
            case Latency(int millis) ->
                "delaying the outer packets of tunnel " + tunnel + " by " + millis + " ms each way";
            case Planned _ -> "moving the traffic away from tunnel " + tunnel + " and half way back";
            case PeerDelete _ -> "deleting and restoring the SAs of tunnel " + tunnel;
            case RekeyStorm _ -> "replacing the keys of tunnel " + tunnel + " every second";
            case MtuShrink(int octets) ->
                "dropping the outer packets of tunnel " + tunnel + " longer than " + octets + " octets";
            case DaemonRestart _ -> "restarting the daemon";
        };
    }

    /** What it is for, in one line. */
    default String purpose() {
        return switch (this) {
            case Blackhole _ -> "the tunnel's path dies without a word, IKE included";
            case OneWayBlackhole _ -> "only one direction dies: out (default) or :in";
            case Loss _ -> "10 to 60 % of the packets vanish each way, for example loss:40";
            case Latency _ -> "packets take longer each way, 10 to 1000 ms, for example latency:300ms";
            case Planned _ -> "traffic is moved and moved back: nothing may be lost";
            case PeerDelete _ -> "SAs are deleted as when AWS replaces an endpoint; traffic moves first";
            case RekeyStorm _ -> "keys are replaced every second, the IKE SA every fifth time";
            case MtuShrink _ -> "longer outer packets vanish, for example mtu-shrink:1300";
            case DaemonRestart _ ->
                "the daemon hands over to its next process: no SA may be lost; packets wait meanwhile";
        };
    }

    /**
     * The outage that passes where nobody says. While the daemon restarts nobody forwards: a Java process needs 2 to 3 s to
     * start, and a busy machine twice as long; AWS waits for its peer for 30.
     */
    default long usualLimitNanos() {
        return this instanceof DaemonRestart ? DrillOrder.USUAL_RESTART_LIMIT_NANOS : DrillOrder.USUAL_LIMIT_NANOS;
    }

    /** What it does to the path while it lasts. */
    default DrillFault fault() {
        return switch (this) {
            case Blackhole _ -> new DrillFault(1, 1, 0, 0);
            case OneWayBlackhole(boolean inbound) -> new DrillFault(inbound ? 0 : 1, inbound ? 1 : 0, 0, 0);
            case Loss(int percent) -> new DrillFault(percent / 100.0, percent / 100.0, 0, 0);
            case Latency(int millis) -> new DrillFault(0, 0, millis * 1_000_000L, 0);
            case MtuShrink(int octets) -> new DrillFault(0, 0, 0, octets);
            case Planned _, PeerDelete _, RekeyStorm _, DaemonRestart _ -> DrillFault.NONE;
        };
    }
}
