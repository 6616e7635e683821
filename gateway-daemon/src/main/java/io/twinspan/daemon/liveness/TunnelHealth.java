package io.twinspan.daemon.liveness;

/**
 * Health of one tunnel.
 *
 * <pre>
 *                 Connecting                Established
 *   Down  &lt;------------------&gt;  Connecting ------------&gt;  Up &lt;---------&gt; Degraded
 *    ^            Lost                                    |\      loss     /|
 *    |                                                    | +--&gt; Silent &lt;-+ |
 *    +----------------------------- Lost -----------------+-------+--------+
 *   any --Disabled--&gt; Disabled --Enabled--&gt; Connecting
 * </pre>
 */
public sealed interface TunnelHealth {
    /** A sentence that says how the tunnel came to this state. */
    String reason();

    /** Kept down on purpose. */
    record Disabled(String reason) implements TunnelHealth {}

    /** Not up; IKE is on its way or waits for the peer. */
    record Connecting(String reason) implements TunnelHealth {}

    /** Not up, and the last thing known is a loss or a refusal. */
    record Down(String reason) implements TunnelHealth {}

    /** Carries packets. */
    record Up(String reason) implements TunnelHealth {}

    /** Carries packets, and loses too many. */
    record Degraded(String reason) implements TunnelHealth {}

    /** Has a child SA over a dead path. */
    record Silent(String reason) implements TunnelHealth {}

    /** True where a child SA stands, so that packets can at least be sent. */
    default boolean hasSa() {
        return switch (this) {
            case Up _, Degraded _, Silent _ -> true;
            case Disabled _, Connecting _, Down _ -> false;
        };
    }

    /** What fail-over makes of it. */
    default HealthVerdict verdict() {
        return switch (this) {
            case Disabled _, Connecting _, Down _, Silent _ -> HealthVerdict.DOWN;
            case Degraded _ -> HealthVerdict.DEGRADED;
            case Up _ -> HealthVerdict.UP;
        };
    }
}
