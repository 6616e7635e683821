package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.TunnelStatus;

/** The security associations for terminals. */
final class SasText {
    private SasText() {}

    static String of(GatewayStatus status) {
        TextTable table = new TextTable()
                .row(
                        cell("TUNNEL"),
                        cell("SA"),
                        cell("SPI IN"),
                        cell("SPI OUT"),
                        cell("SUITE"),
                        cell("PEER"),
                        cell("REKEY"),
                        cell("EXPIRE"),
                        cell("NOTE"));
        int before = 0;
        for (ConnectionStatus connection : status.connections()) {
            for (TunnelStatus tunnel : connection.tunnels()) {
                String name = connection.name() + "/" + tunnel.number();
                tunnel.ikeSas().forEach(sa -> ikeSa(table, name, sa, tunnel));
                tunnel.childSas().forEach(sa -> childSa(table, name, sa, tunnel));
                before += tunnel.ikeSas().size() + tunnel.childSas().size();
            }
        }
        return before == 0 ? "no security associations; 'twinspan status' tells why\n" : table.toString();
    }

    private static void ikeSa(TextTable table, String name, IkeSaSummary sa, TunnelStatus tunnel) {
        String nat = sa.natLocal() || sa.natRemote()
                ? ", NAT " + (sa.natLocal() ? "here" : "") + (sa.natLocal() && sa.natRemote() ? " and " : "")
                        + (sa.natRemote() ? "there" : "")
                : "";
        table.row(
                cell(name),
                cell("ike"),
                cell(SasJson.spi(sa.localSpi())),
                cell(SasJson.spi(sa.remoteSpi())),
                cell(sa.suite().label()),
                cell(sa.remote().toString()),
                cell(Quantity.duration(tunnel.clock().until(sa.rekeyNanos()))),
                cell(Quantity.duration(tunnel.clock().until(sa.expireNanos()))),
                cell((sa.initiator() ? "initiator" : "responder") + nat));
    }

    private static void childSa(TextTable table, String name, ChildSaSummary sa, TunnelStatus tunnel) {
        table.row(
                cell(name),
                cell("esp"),
                cell(SasJson.spi(sa.inboundSpi())),
                cell(SasJson.spi(sa.outboundSpi())),
                cell(sa.suite().label()),
                cell(
                        sa.path().udpEncapsulated()
                                ? sa.path().remote().toString()
                                : sa.path().remote().address().getHostAddress()),
                cell(Quantity.duration(tunnel.clock().until(sa.rekeyNanos()))),
                cell(Quantity.duration(tunnel.clock().until(sa.expireNanos()))),
                cell(StatusJson.encapsulation(sa) + (sa.sending() ? ", sending" : ", receiving only")));
    }
}
