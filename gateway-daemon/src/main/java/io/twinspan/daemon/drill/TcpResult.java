package io.twinspan.daemon.drill;

/**
 * TCP connections through the gateway that the host's connection tracking knew to be established.
 *
 * @param before when the fault came; negative where the host does not track connections
 * @param survived of these, still established at the end
 */
public record TcpResult(int before, int survived) {
    /** The host does not tell. */
    public static final TcpResult UNKNOWN = new TcpResult(-1, -1);

    /** True where the host tells. */
    public boolean isKnown() {
        return before >= 0;
    }
}
