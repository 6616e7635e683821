package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.TunnelTarget;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads which connection or tunnel a query means, and tells what became of an order. */
final class TargetQuery {
    private TargetQuery() {}

    /** The target, or nothing where the query names no connection, or a tunnel that is no number. */
    static Optional<TunnelTarget> of(ApiRequest request) {
        return of(request.parameter("connection"), request.parameter("tunnel"));
    }

    static Optional<TunnelTarget> of(String connection, String tunnel) {
        if (connection.isEmpty() || !tunnel.matches("[0-9]{0,4}")) {
            return Optional.empty();
        }
        return Optional.of(
                new TunnelTarget(connection, tunnel.isEmpty() ? TunnelTarget.ALL : Integer.parseInt(tunnel)));
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
        return error(request, "the query names no connection, or a tunnel that is no number", "");
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
