package io.twinspan.daemon.drill;

/** What a drill wants done, in order. */
public sealed interface DrillEffect {
    /** Puts a fault on the path of the tunnel under test. */
    record Impair(DrillFault fault) implements DrillEffect {}

    /** Takes the fault away; harmless where there is none. */
    record Restore() implements DrillEffect {}

    /** Moves the traffic, as an operator would. */
    record SwitchTo(int tunnel) implements DrillEffect {}

    /** Replaces keys of the tunnel under test; {@code ike} for those of the IKE SA. */
    record Rekey(boolean ike) implements DrillEffect {}

    /** Deletes the SAs of the tunnel under test. */
    record Delete() implements DrillEffect {}

    /** Lets the tunnel under test come up again. */
    record Reconnect() implements DrillEffect {}

    /** Proves the standby no longer: what is measured begins now. */
    record Begin() implements DrillEffect {}

    /** Writes down what the next process needs to go on; answered by {@link DrillEvent.Left}. */
    record Leave() implements DrillEffect {}

    /** Has this process end as for any restart. */
    record Restart() implements DrillEffect {}

    /** Takes back what was left: no next process is to go on. */
    record Withdraw() implements DrillEffect {}

    /** Sends no further probe. */
    record StopFlow() implements DrillEffect {}

    /** A line of the timeline. */
    record Note(int tunnel, String text) implements DrillEffect {}

    /** It is over; what it left behind is undone. */
    record Finish(DrillEnding ending) implements DrillEffect {}
}
