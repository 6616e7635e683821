package io.twinspan.daemon.failover;

/** What fail-over thinks of one tunnel. */
public sealed interface TunnelStanding {
    /**
     * Carries nothing.
     *
     * @param fresh true where it was never up, so that its coming up needs no hold-down
     */
    record Unusable(boolean fresh) implements TunnelStanding {}

    /**
     * Came back after a loss; used only where no other tunnel is usable.
     *
     * @param untilNanos when it becomes ready
     * @param suspected true while its path is suspected
     */
    record HeldDown(long untilNanos, boolean suspected) implements TunnelStanding {}

    /**
     * May carry traffic.
     *
     * @param fresh true where it was neither lost nor suspected since it first came up
     * @param suspected true while its path is suspected
     */
    record Ready(boolean fresh, boolean suspected) implements TunnelStanding {}

    /** True where it can carry packets at all. */
    default boolean usable() {
        return !(this instanceof Unusable);
    }

    /** 0 is best: ready, ready but suspected, held down, held down and suspected, unusable. */
    default int rank() {
        return switch (this) {
            case Ready(boolean _, boolean suspected) -> suspected ? 1 : 0;
            case HeldDown(long _, boolean suspected) -> suspected ? 3 : 2;
            case Unusable _ -> 4;
        };
    }
}
