package io.twinspan.daemon.failover;

/** What fail-over thinks of one tunnel. */
public sealed interface TunnelStanding {
    /** How often it was lost. */
    Flaps flaps();

    /** Has no child SA: carries nothing. */
    record Unusable(Flaps flaps) implements TunnelStanding {}

    /** Has a child SA over a dead path: the last resort. */
    record Silent(Flaps flaps) implements TunnelStanding {}

    /**
     * Came back after a loss; used only where no other tunnel is ready.
     *
     * @param untilNanos when it becomes ready
     * @param lossy true while it loses packets
     */
    record HeldDown(long untilNanos, boolean lossy, Flaps flaps) implements TunnelStanding {}

    /**
     * May carry traffic.
     *
     * @param sinceNanos when it became ready, or stopped losing packets
     * @param lossy true while it loses packets
     */
    record Ready(long sinceNanos, boolean lossy, Flaps flaps) implements TunnelStanding {}

    /** True where packets arrive. */
    default boolean carries() {
        return switch (this) {
            case HeldDown _, Ready _ -> true;
            case Silent _, Unusable _ -> false;
        };
    }

    /** True where it would take over at once. */
    default boolean isReady() {
        return this instanceof Ready;
    }

    /** 0 is best: ready, ready but lossy, held down, held down and lossy, silent, unusable. */
    default int rank() {
        return switch (this) {
            case Ready(long _, boolean lossy, Flaps _) -> lossy ? 1 : 0;
            case HeldDown(long _, boolean lossy, Flaps _) -> lossy ? 3 : 2;
            case Silent _ -> 4;
            case Unusable _ -> 5;
        };
    }
}
