package io.twinspan.daemon.http;

import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.PathStatus;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The state in the form of monitoring plug-ins (Monitoring Plugins Development Guidelines, "Plugin Output"): one line, a
 * verdict, figures behind a bar.
 *
 * @param level the worst of all connections
 * @param message what is the matter, worst first
 * @param figures performance data
 */
record CheckVerdict(Level level, String message, String figures) {
    /** A figure that nobody knows, as the guidelines of the Monitoring Plugins write it: nothing is no round trip of 0 ms. */
    private static final String UNKNOWN = "U";

    /** Verdicts by their exit codes. */
    enum Level {
        OK,
        WARNING,
        CRITICAL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Judges a snapshot; no connection at all is critical. */
    static CheckVerdict of(GatewayStatus status, CheckLimits warn, CheckLimits critical) {
        if (status.connections().isEmpty()) {
            return new CheckVerdict(Level.CRITICAL, "no connection is configured", "");
        }
        boolean single = status.connections().size() == 1;
        Level worst = Level.OK;
        List<String> messages = new ArrayList<>();
        List<String> figures = new ArrayList<>();
        for (ConnectionStatus connection : status.connections()) {
            Level level = level(connection, warn, critical);
            String message = connection.name() + " " + message(status, connection, level);
            messages.add(level.compareTo(worst) > 0 ? 0 : messages.size(), message);
            worst = level.compareTo(worst) > 0 ? level : worst;
            figures.add(figures(connection, single ? "" : connection.name() + "_", warn, critical));
        }
        return new CheckVerdict(worst, String.join("; ", messages), String.join(" ", figures));
    }

    /** {@code WARNING: prod up on tunnel 1, no standby | up=1 ...}. */
    String line() {
        return level + ": " + message.replace('|', '/') + (figures.isEmpty() ? "" : " | " + figures) + "\n";
    }

    private static Level level(ConnectionStatus connection, CheckLimits warn, CheckLimits critical) {
        if (connection.state() == ConnectionState.DOWN || isOver(connection, critical)) {
            return Level.CRITICAL;
        }
        boolean good = connection.state() == ConnectionState.UP && !isOver(connection, warn);
        return good ? Level.OK : Level.WARNING;
    }

    private static boolean isOver(ConnectionStatus connection, CheckLimits limits) {
        return roundTripMillis(connection) >= limits.roundTripMillis()
                || lossPercent(connection) >= limits.lossPercent();
    }

    private static String message(GatewayStatus status, ConnectionStatus connection, Level level) {
        if (connection.state() == ConnectionState.DOWN) {
            return "is down, traffic is refused";
        }
        StringBuilder text = new StringBuilder("up on tunnel ").append(connection.activeTunnel());
        if (connection.redundant()) {
            text.append(", redundant");
        } else if (connection.tunnels().size() > 1) {
            text.append(", no standby");
            connection.tunnels().stream()
                    .filter(tunnel -> !connection.carrying().contains(tunnel.number()))
                    .findFirst()
                    .ifPresent(tunnel -> text.append(" (tunnel ")
                            .append(tunnel.number())
                            .append(
                                    tunnel.state() == TunnelState.DOWN
                                            ? " down "
                                            : " " + tunnel.state().label() + " ")
                            .append(Quantity.duration(Duration.between(tunnel.stateSince(), status.at())))
                            .append(')'));
        }
        return level == Level.OK
                ? text.toString()
                : text.append(String.format(
                                Locale.ROOT,
                                ", RTT %.1f ms, loss %.1f %%",
                                roundTripMillis(connection),
                                lossPercent(connection)))
                        .toString();
    }

    private static String figures(ConnectionStatus connection, String prefix, CheckLimits warn, CheckLimits critical) {
        long failovers =
                connection.switches().stream().filter(SwitchRecord::failure).count();
        return String.format(
                Locale.ROOT,
                "%1$sup=%2$d %1$sredundant=%3$d %1$srtt=%4$s;%6$s;%7$s %1$sloss=%5$s;%8$s;%9$s %1$srecent_failovers=%10$d",
                prefix,
                connection.state() == ConnectionState.DOWN ? 0 : 1,
                connection.redundant() ? 1 : 0,
                path(connection).filter(path -> path.medianNanos() > 0).isPresent()
                        ? String.format(Locale.ROOT, "%.1fms", roundTripMillis(connection))
                        : UNKNOWN,
                path(connection).filter(path -> path.sent() > 0).isPresent()
                        ? String.format(Locale.ROOT, "%.1f%%", lossPercent(connection))
                        : UNKNOWN,
                limit(warn.roundTripMillis()),
                limit(critical.roundTripMillis()),
                limit(warn.lossPercent()),
                limit(critical.lossPercent()),
                failovers);
    }

    private static String limit(double value) {
        return Double.isInfinite(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static double roundTripMillis(ConnectionStatus connection) {
        return path(connection).map(path -> path.medianNanos() / 1e6).orElse(0.0);
    }

    private static double lossPercent(ConnectionStatus connection) {
        return path(connection)
                .filter(path -> path.sent() > 0)
                .map(path -> 100.0 * path.lost() / path.sent())
                .orElse(0.0);
    }

    private static Optional<PathStatus> path(ConnectionStatus connection) {
        return connection.tunnels().stream()
                .filter(tunnel -> tunnel.number() == connection.activeTunnel())
                .map(TunnelStatus::path)
                .findFirst();
    }
}
