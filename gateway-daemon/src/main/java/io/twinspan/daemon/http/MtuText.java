package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.daemon.control.MtuMeasurement;
import io.twinspan.daemon.control.MtuMeasurement.MeasuredPath;
import java.util.List;
import java.util.Locale;

/** From the uplink to the segment size line by line, and what the path was measured to carry, for terminals. */
final class MtuText {
    private MtuText() {}

    static String of(List<MtuMeasurement> tunnels) {
        StringBuilder out = new StringBuilder();
        for (MtuMeasurement tunnel : tunnels) {
            out.append(out.isEmpty() ? "" : "\n").append(of(tunnel));
        }
        return out.toString();
    }

    private static String of(MtuMeasurement tunnel) {
        StringBuilder out = new StringBuilder();
        out.append(tunnel.connection()).append('/').append(tunnel.tunnel()).append(": ");
        out.append(tunnel.suite().label()).append(tunnel.udpEncapsulated() ? " in UDP" : " as protocol 50");
        out.append(" over IPv").append(tunnel.outerIpv6() ? 6 : 4);
        out.append(tunnel.established() ? "\n" : ", as offered first: the tunnel is not up\n");
        out.append(arithmetic(tunnel));
        out.append(path(tunnel)).append('\n');
        tunnel.advice().forEach(advice -> out.append("note: ").append(advice).append('\n'));
        return out.toString();
    }

    private static TextTable arithmetic(MtuMeasurement tunnel) {
        MtuArithmetic sum = MtuArithmetic.of(tunnel);
        int room = sum.room(tunnel.inUseBytes());
        int rounded = room / sum.alignment() * sum.alignment();
        int mtu = tunnel.innerMtuBytes();
        String origin = tunnel.inUseBytes() == tunnel.configuredBytes()
                ? "uplink-mtu"
                : "lowered by the watch, uplink-mtu is " + tunnel.configuredBytes();
        TextTable table = new TextTable();
        line(table, "uplink", tunnel.inUseBytes(), origin);
        line(table, "- outer IP header", sum.outerIp(), "");
        if (sum.udp() > 0) {
            line(table, "- UDP header", sum.udp(), "");
        }
        line(table, "- ESP header", sum.espHeader(), "SPI, sequence number");
        line(table, "- IV", sum.iv(), "");
        line(table, "- ICV", sum.icv(), "");
        line(table, "= room", room, "");
        line(table, "- to a multiple of " + sum.alignment(), room - rounded, "");
        line(table, "- ESP trailer", sum.trailer(), "pad length, next header");
        line(table, "= inner MTU", mtu, "");
        line(table, "MSS over IPv4", EspOverhead.mssIpv4Bytes(mtu), "- 40");
        line(table, "MSS over IPv6", EspOverhead.mssIpv6Bytes(mtu), "- 60");
        line(table, "device MTU", tunnel.deviceMtuBytes(), "the smallest tunnel that is up");
        line(table, "TCP is kept to", EspOverhead.mssIpv4Bytes(tunnel.flowMtuBytes()), "MSS that fits both tunnels");
        return table;
    }

    private static void line(TextTable table, String what, int octets, String remark) {
        table.row(cell("  " + what), cell(String.format(Locale.ROOT, "%6d", octets)), cell(remark));
    }

    private static String path(MtuMeasurement tunnel) {
        return switch (tunnel.path()) {
            case MeasuredPath.Failed(String reason) -> "not measured: " + reason;
            case MeasuredPath.Carries(int outer, int inner, boolean whole) ->
                "measured: " + outer + " octets outside, " + inner + " inside; the answer of the same size came back "
                        + (whole ? "whole" : "in pieces");
        };
    }
}
