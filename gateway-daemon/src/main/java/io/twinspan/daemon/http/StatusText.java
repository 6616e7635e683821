package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.crypto.engine.EngineName;
import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.PathStatus;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.observe.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status for terminals: the verdict first, then the tunnels, then what deserves a look. */
final class StatusText {
    private final GatewayStatus status;
    private final Rates rates;
    private final boolean wide;
    private final Paint paint;

    private StatusText(GatewayStatus status, Rates rates, boolean wide, Paint paint) {
        this.status = status;
        this.rates = rates;
        this.wide = wide;
        this.paint = paint;
    }

    /**
     * The text.
     *
     * @param wide with addresses, ciphers, sizes and totals
     */
    static String of(GatewayStatus status, Rates rates, boolean wide, Paint paint) {
        StatusText text = new StatusText(status, rates, wide, paint);
        return status.connections().stream().map(text::connection).collect(Collectors.joining("\n"));
    }

    private String connection(ConnectionStatus connection) {
        return verdict(connection) + "\n" + table(connection) + notes(connection);
    }

    private String verdict(ConnectionStatus connection) {
        String active = connection.carrying().isEmpty() ? "no active tunnel" : "active " + numbers(connection);
        String line = connection.name() + "   "
                + paint.of(connection.state(), word(connection)) + "   " + active + "   for "
                + Quantity.duration(Duration.between(connection.since(), status.at()));
        List<SwitchRecord> losses = connection.switches().stream()
                .filter(record -> record.from() != 0)
                .toList();
        return losses.isEmpty() ? line + "\n" : line + "   " + lastSwitch(losses.getFirst()) + "\n";
    }

    private static String numbers(ConnectionStatus connection) {
        return String.join(
                " + ", connection.carrying().stream().map(String::valueOf).toList());
    }

    private String lastSwitch(SwitchRecord record) {
        String ago = Quantity.duration(Duration.between(record.at(), status.at()));
        String move = record.from() + " -> " + (record.to() == 0 ? "none" : record.to());
        return String.format(
                Locale.ROOT,
                "last switch %s ago (%s, %s, %.1f ms)",
                ago,
                move,
                record.cause(),
                record.tookNanos() / 1e6);
    }

    private static String word(ConnectionStatus connection) {
        String state = connection.state().name();
        if (connection.state() == ConnectionState.DOWN) {
            return state + ", traffic is refused";
        }
        return state + (connection.redundant() ? ", redundant" : ", not redundant");
    }

    private String table(ConnectionStatus connection) {
        TextTable table = new TextTable();
        table.row(columns("  TUNNEL", "STATE", "PEER", "RTT", "LOSS", "IN", "OUT", "REKEY"));
        connection.tunnels().forEach(tunnel -> table.row(row(connection, tunnel)));
        return wide ? table + "\n" + details(connection) : table.toString();
    }

    private static TextTable.Cell[] columns(String... names) {
        return Stream.of(names).map(TextTable::cell).toArray(TextTable.Cell[]::new);
    }

    private TextTable.Cell[] row(ConnectionStatus connection, TunnelStatus tunnel) {
        return new TextTable.Cell[] {
            cell((connection.carrying().contains(tunnel.number()) ? "> " : "  ") + tunnel.number()),
            cell(tunnel.state().label(), text -> paint.of(tunnel.state(), text)),
            cell(tunnel.outsideRemote().getHostAddress()),
            cell(PathText.median(path(tunnel))),
            cell(PathText.loss(path(tunnel))),
            cell(rates.in(connection.name(), tunnel.number())),
            cell(rates.out(connection.name(), tunnel.number())),
            cell(
                    tunnel.childSas().isEmpty()
                            ? "-"
                            : Quantity.duration(tunnel.clock()
                                    .until(tunnel.childSas().getFirst().rekeyNanos())))
        };
    }

    /** Without an SA there is no path, and what was measured on the last one says nothing of now. */
    private static PathStatus path(TunnelStatus tunnel) {
        return tunnel.childSas().isEmpty() ? PathStatus.UNPROBED : tunnel.path();
    }

    private String details(ConnectionStatus connection) {
        TextTable table = new TextTable();
        table.row(columns(
                "  TUNNEL",
                "INSIDE",
                "ESP",
                "BY",
                "VIA",
                "MTU",
                "MSS",
                "RTT 50/95%",
                "JITTER",
                "IN",
                "OUT",
                "IKE REKEY"));
        for (TunnelStatus tunnel : connection.tunnels()) {
            boolean keyed = !tunnel.childSas().isEmpty();
            table.row(
                    cell("  " + tunnel.number()),
                    cell(tunnel.insideLocal().getHostAddress()),
                    cell(keyed ? tunnel.childSas().getFirst().suite().label() : "-"),
                    cell(status.engineOf(tunnel).map(EngineName::name).orElse("-")),
                    cell(keyed ? StatusJson.encapsulation(tunnel.childSas().getFirst()) : "-"),
                    cell(Integer.toString(tunnel.inner().mtuBytes())),
                    cell(Integer.toString(tunnel.inner().mssBytes())),
                    cell(PathText.roundTrip(path(tunnel))),
                    cell(PathText.jitter(path(tunnel))),
                    cell(Quantity.bytes(tunnel.traffic().bytesIn())),
                    cell(Quantity.bytes(tunnel.traffic().bytesOut())),
                    cell(
                            tunnel.ikeSas().isEmpty()
                                    ? "-"
                                    : Quantity.duration(tunnel.clock()
                                            .until(tunnel.ikeSas().getFirst().rekeyNanos()))));
        }
        return table.toString();
    }

    private String notes(ConnectionStatus connection) {
        StringBuilder out = new StringBuilder();
        for (TunnelStatus tunnel : connection.tunnels()) {
            if (tunnel.state() != TunnelState.UP && tunnel.state() != TunnelState.STANDBY) {
                note(
                        out,
                        tunnel,
                        tunnel.state().label() + " for " + since(tunnel.stateSince()) + ": "
                                + PlainText.of(tunnel.stateReason()));
            }
            if (tunnel.path().probed() && !tunnel.childSas().isEmpty()) {
                note(out, tunnel, PathText.detection(tunnel.path()));
            }
            long dropped =
                    tunnel.drops().values().stream().mapToLong(Long::longValue).sum();
            if (dropped > 0) {
                note(out, tunnel, "dropped " + dropped + " packets: " + named(tunnel.drops()));
            }
            if (!tunnel.misbehaviour().isEmpty()) {
                note(out, tunnel, "broken rules of the peer: " + named(tunnel.misbehaviour()));
            }
        }
        return out.isEmpty() ? "" : "\n" + out;
    }

    private static void note(StringBuilder out, TunnelStatus tunnel, String text) {
        out.append("tunnel ").append(tunnel.number()).append(": ").append(text).append('\n');
    }

    private String since(Instant instant) {
        return Quantity.duration(Duration.between(instant, status.at()));
    }

    private static String named(Map<String, Long> counters) {
        return counters.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
