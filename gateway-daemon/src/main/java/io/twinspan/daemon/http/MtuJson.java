package io.twinspan.daemon.http;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.daemon.control.MtuMeasurement;
import io.twinspan.daemon.control.MtuMeasurement.MeasuredPath;
import java.util.List;

/** {@code twinspan.mtu/1}: from the uplink to the segment size, and what the path was measured to carry. */
final class MtuJson {
    static final String SCHEMA = "twinspan.mtu/1";

    private MtuJson() {}

    static String of(List<MtuMeasurement> tunnels) {
        JsonWriter json = new JsonWriter().beginObject().member("schema", SCHEMA);
        json.name("tunnels").beginArray();
        tunnels.forEach(tunnel -> write(json, tunnel));
        json.endArray().endObject();
        return json + "\n";
    }

    private static void write(JsonWriter json, MtuMeasurement tunnel) {
        MtuArithmetic sum = MtuArithmetic.of(tunnel);
        json.beginObject()
                .member("connection", tunnel.connection())
                .member("tunnel", tunnel.tunnel())
                .member("established", tunnel.established())
                .member("suite", tunnel.suite().label())
                .member("encapsulation", tunnel.udpEncapsulated() ? "udp" : "esp");
        json.name("uplink")
                .beginObject()
                .member("configured", tunnel.configuredBytes())
                .member("inUse", tunnel.inUseBytes())
                .endObject();
        sum.write(json);
        int mtu = tunnel.innerMtuBytes();
        json.member("mtu", mtu)
                .member("mssIpv4", EspOverhead.mssIpv4Bytes(mtu))
                .member("mssIpv6", EspOverhead.mssIpv6Bytes(mtu))
                .member("deviceMtu", tunnel.deviceMtuBytes())
                .member("flowMtu", tunnel.flowMtuBytes());
        path(json, tunnel);
        json.name("advice").beginArray();
        tunnel.advice().forEach(json::value);
        json.endArray().endObject();
    }

    private static void path(JsonWriter json, MtuMeasurement tunnel) {
        json.member("verdict", tunnel.verdict().label());
        json.name("measured");
        switch (tunnel.path()) {
            case MeasuredPath.Failed(String reason) -> json.nullValue().member("reason", reason);
            case MeasuredPath.Carries(int outer, int inner, boolean whole) ->
                json.beginObject()
                        .member("outer", outer)
                        .member("inner", inner)
                        .member("wholeAnswer", whole)
                        .endObject()
                        .memberOrNull("reason", "");
        }
    }
}
