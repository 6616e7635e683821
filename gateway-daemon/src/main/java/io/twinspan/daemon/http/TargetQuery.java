package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.TunnelTarget;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads which connection or tunnel a query means, and tells what became of an order. */
final class TargetQuery {
    static final String MISSING = "the query names no connection, or a tunnel that is no number";

    private TargetQuery() {}

    /**
     * The target, or nothing where the query names no connection, or a tunnel that is no number. {@code tunnel=} does not mean
     * all of them: a script whose variable is empty would take a whole connection down.
     */
    static Optional<TunnelTarget> of(ApiRequest request) {
        String connection = request.parameter("connection");
        Optional<Integer> tunnel = request.has("tunnel")
                ? Optional.of(request.parameter("tunnel"))
                        .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                        .map(Integer::parseInt)
                : Optional.of(TunnelTarget.ALL);
        return connection.isEmpty() ? Optional.empty() : tunnel.map(number -> new TunnelTarget(connection, number));
    }

    /**
     * The number of the entry after which a reader goes on; 0 for all.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    static long after(ApiRequest request) {
        String text = request.parameter("after");
        if (!text.matches("[0-9]{0,18}")) {
            throw new IllegalArgumentException("'" + text + "' is no number of an event");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** What is named and not there, in words: {@code no connection 'x'; there is 'prod'}. */
    static Optional<String> absent(GatewayStatus whole, String connection, int tunnel) {
        GatewayStatus status = whole.only(connection);
        if (!connection.isEmpty() && status.connections().isEmpty()) {
            return Optional.of(whole.unknown(connection));
        }
        boolean lacksTunnel = tunnel != TunnelTarget.ALL
                && status.onlyTunnel(tunnel).connections().stream()
                        .allMatch(it -> it.tunnels().isEmpty());
        return lacksTunnel ? Optional.of("no tunnel '" + connection + "/" + tunnel + "'") : Optional.empty();
    }

    static CompletableFuture<ApiResponse> missing(ApiRequest request) {
        return error(request, MISSING, "for example " + request.path() + "?connection=prod&tunnel=1");
    }

    static CompletableFuture<ApiResponse> error(ApiRequest request, String message, String hint) {
        return CompletableFuture.completedFuture(ApiResponse.error(400, message, hint, request.wantsText()));
    }

    static ApiResponse show(ApiRequest request, CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done(String message) -> ApiResponse.outcome(message, request.wantsText());
            case CommandOutcome.Refused(String message, String hint) ->
                ApiResponse.error(409, message, hint, request.wantsText());
            case CommandOutcome.Unknown(String message) -> ApiResponse.error(404, message, "", request.wantsText());
        };
    }
}
