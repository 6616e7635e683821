package io.twinspan.daemon.service;

import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import java.util.List;
import java.util.stream.Collectors;

/** The gateway in one line, for {@code systemctl status}. */
final class StatusLine {
    private StatusLine() {}

    /** Such as {@code 2/2 tunnels up, prod on 1}. */
    static String of(GatewayStatus status) {
        List<TunnelStatus> tunnels = status.connections().stream()
                .flatMap(connection -> connection.tunnels().stream())
                .toList();
        long up = tunnels.stream().filter(tunnel -> hasKeys(tunnel.state())).count();
        String where = status.connections().stream().map(StatusLine::place).collect(Collectors.joining(", "));
        return up + "/" + tunnels.size() + " tunnels up, " + where;
    }

    private static String place(ConnectionStatus connection) {
        String carrying = connection.carrying().stream().map(String::valueOf).collect(Collectors.joining("+"));
        return connection.name() + (carrying.isEmpty() ? " down" : " on " + carrying);
    }

    private static boolean hasKeys(TunnelState state) {
        return switch (state) {
            case UP, STANDBY, DEGRADED -> true;
            case CONNECTING, DOWN, DISABLED -> false;
        };
    }
}
