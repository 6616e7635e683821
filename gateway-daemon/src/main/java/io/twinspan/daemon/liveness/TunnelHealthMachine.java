package io.twinspan.daemon.liveness;

/** The transitions of {@link TunnelHealth}. Pure; one function for all tunnels. */
public final class TunnelHealthMachine {
    private TunnelHealthMachine() {}

    /** The state of a tunnel that nothing has happened to. */
    public static TunnelHealth initial(boolean enabled) {
        return enabled
                ? new TunnelHealth.Connecting("starting")
                : new TunnelHealth.Disabled("disabled in the configuration");
    }

    /** Applies one event; the same object comes back where nothing changes. */
    public static TunnelHealth step(TunnelHealth state, HealthEvent event) {
        return switch (event) {
            case HealthEvent.Disabled(String reason) -> disabled(state, reason);
            case HealthEvent.Enabled() -> enabled(state);
            case HealthEvent.Connecting(int attempt) -> connecting(state, attempt);
            case HealthEvent.Established() -> established(state, "child SA established");
            case HealthEvent.Resumed() -> established(state, "child SA of the process before goes on");
            case HealthEvent.Lost(String reason) -> lost(state, reason);
            case HealthEvent.PathDown(String reason, LossTimes _, boolean _) -> pathDown(state, reason);
            case HealthEvent.PathLossy(String reason) -> pathLossy(state, reason);
            case HealthEvent.PathUp() -> pathUp(state);
        };
    }

    private static TunnelHealth disabled(TunnelHealth state, String reason) {
        return state instanceof TunnelHealth.Disabled ? state : new TunnelHealth.Disabled(reason);
    }

    private static TunnelHealth enabled(TunnelHealth state) {
        return state instanceof TunnelHealth.Disabled ? new TunnelHealth.Connecting("enabled") : state;
    }

    /** A further attempt keeps the reason of the loss in view; one while the tunnel is up changes nothing. */
    private static TunnelHealth connecting(TunnelHealth state, int attempt) {
        return switch (state) {
            case TunnelHealth.Down(String reason) ->
                new TunnelHealth.Connecting("attempt " + attempt + " after: " + reason);
            case TunnelHealth.Disabled _,
                    TunnelHealth.Connecting _,
                    TunnelHealth.Up _,
                    TunnelHealth.Degraded _,
                    TunnelHealth.Silent _ -> state;
        };
    }

    /** A disabled tunnel that the peer brings up all the same stays disabled: the operator's word counts. */
    private static TunnelHealth established(TunnelHealth state, String reason) {
        return switch (state) {
            case TunnelHealth.Connecting _, TunnelHealth.Down _ -> new TunnelHealth.Up(reason);
            case TunnelHealth.Disabled _, TunnelHealth.Up _, TunnelHealth.Degraded _, TunnelHealth.Silent _ -> state;
        };
    }

    private static TunnelHealth lost(TunnelHealth state, String reason) {
        return state instanceof TunnelHealth.Disabled ? state : new TunnelHealth.Down(reason);
    }

    private static TunnelHealth pathDown(TunnelHealth state, String reason) {
        return state.verdict() != HealthVerdict.DOWN ? new TunnelHealth.Silent(reason) : state;
    }

    private static TunnelHealth pathLossy(TunnelHealth state, String reason) {
        return switch (state) {
            case TunnelHealth.Up _, TunnelHealth.Silent _ -> new TunnelHealth.Degraded(reason);
            case TunnelHealth.Degraded _, TunnelHealth.Disabled _, TunnelHealth.Connecting _, TunnelHealth.Down _ ->
                state;
        };
    }

    private static TunnelHealth pathUp(TunnelHealth state) {
        return switch (state) {
            case TunnelHealth.Degraded _ -> new TunnelHealth.Up("the path is well again");
            case TunnelHealth.Silent _ -> new TunnelHealth.Up("the path answers again");
            case TunnelHealth.Up _, TunnelHealth.Disabled _, TunnelHealth.Connecting _, TunnelHealth.Down _ -> state;
        };
    }
}
