package io.twinspan.daemon.http;

import io.twinspan.crypto.engine.EngineName;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.PathStatus;
import io.twinspan.daemon.control.ReloadFacts;
import io.twinspan.daemon.control.SnapshotClock;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.SwitchTimes;
import io.twinspan.daemon.control.TunnelStatus;
import java.time.Duration;

/** {@code twinspan.status/1}: the state of connections and tunnels. Members are never left out; unknown ones are null. */
final class StatusJson {
    static final String SCHEMA = "twinspan.status/1";

    private final JsonWriter json = new JsonWriter();

    private StatusJson() {}

    static String of(GatewayStatus status) {
        StatusJson writer = new StatusJson();
        writer.gateway(status);
        return writer.json + "\n";
    }

    private void gateway(GatewayStatus status) {
        json.beginObject()
                .member("schema", SCHEMA)
                .member("time", status.at())
                .member("version", status.facts().version())
                .member("started", status.startedAt())
                .member("state", status.worst().label());
        json.name("connections").beginArray();
        status.connections().forEach(connection -> connection(status, connection));
        json.endArray().members("drops", status.drops());
        EnginesJson.write(json, status.facts().engines());
        configuration(status.reload());
        json.endObject();
    }

    private void configuration(ReloadFacts reload) {
        json.name("configuration")
                .beginObject()
                .member("state", reload.state())
                .memberOrNull("confirmBy", reload.confirmBy())
                .name("lastReload")
                .beginObject()
                .member("time", reload.lastAt())
                .member("successful", reload.lastSuccessful())
                .member("message", reload.lastMessage())
                .endObject()
                .endObject();
    }

    private void connection(GatewayStatus status, ConnectionStatus connection) {
        json.beginObject()
                .member("name", connection.name())
                .member("state", connection.state().label())
                .member("since", connection.since())
                .member("active", connection.activeTunnel())
                .member("redundant", connection.redundant());
        json.name("carrying").beginArray();
        connection.carrying().forEach(json::value);
        json.endArray();
        json.name("drillPassed");
        if (connection.drillPassed() == null) {
            json.nullValue();
        } else {
            json.value(JsonWriter.timestamp(connection.drillPassed()));
        }
        networks(connection.networks());
        json.name("tunnels").beginArray();
        connection.tunnels().forEach(tunnel -> tunnel(status, connection, tunnel));
        json.endArray();
        json.name("switches").beginArray();
        connection.switches().forEach(this::switched);
        json.endArray().endObject();
    }

    private void networks(ConnectionStatus.Networks networks) {
        json.name("networks").beginObject().name("local").beginArray();
        networks.local().forEach(prefix -> json.value(prefix.toString()));
        json.endArray().name("remote").beginArray();
        networks.remote().forEach(prefix -> json.value(prefix.toString()));
        json.endArray().endObject();
    }

    private void switched(SwitchRecord record) {
        json.beginObject()
                .member("time", record.at())
                .member("from", record.from())
                .member("to", record.to())
                .member("cause", record.cause())
                .member("reason", record.reason())
                .member("tookMicroseconds", record.tookNanos() / 1_000);
        SwitchTimes times = record.times();
        json.name("times")
                .beginObject()
                .memberOrNull("lastGood", times.lastGood())
                .memberOrNull("firstSuspicion", times.suspected())
                .member("verdict", times.verdict())
                .member("switched", times.switched())
                .memberOrNull("firstPacket", times.firstForwarded())
                .endObject()
                .endObject();
    }

    private void tunnel(GatewayStatus status, ConnectionStatus connection, TunnelStatus tunnel) {
        json.beginObject()
                .member("number", tunnel.number())
                .member("name", connection.name() + "/" + tunnel.number())
                .member("state", tunnel.state().label())
                .member("active", connection.carrying().contains(tunnel.number()));
        json.name("lastChange")
                .beginObject()
                .member("time", tunnel.stateSince())
                .member("reason", tunnel.stateReason())
                .endObject();
        addresses(tunnel);
        negotiated(tunnel);
        json.memberOrNull(
                "engine", status.engineOf(tunnel).map(EngineName::toString).orElse(""));
        path(tunnel.path());
        traffic(tunnel);
        json.members("drops", tunnel.drops())
                .members("misbehaviour", tunnel.misbehaviour())
                .members("counts", tunnel.counts())
                .endObject();
    }

    private void addresses(TunnelStatus tunnel) {
        json.name("outside")
                .beginObject()
                .member("local", tunnel.outsideLocal().getHostAddress())
                .member("remote", tunnel.outsideRemote().getHostAddress())
                .endObject();
        json.name("inside")
                .beginObject()
                .member("local", tunnel.insideLocal().getHostAddress())
                .member("remote", tunnel.insideRemote().getHostAddress())
                .member("prefixLength", tunnel.insidePrefixLength())
                .endObject();
    }

    private void negotiated(TunnelStatus tunnel) {
        json.name("suites").beginObject();
        json.memberOrNull(
                "ike",
                tunnel.ikeSas().isEmpty()
                        ? ""
                        : tunnel.ikeSas().getFirst().suite().label());
        json.memberOrNull(
                "esp",
                tunnel.childSas().isEmpty()
                        ? ""
                        : tunnel.childSas().getFirst().suite().label());
        json.endObject();
        json.memberOrNull(
                "encapsulation",
                tunnel.childSas().isEmpty()
                        ? ""
                        : encapsulation(tunnel.childSas().getFirst()));
        json.member("mtu", tunnel.inner().mtuBytes())
                .member("mss", tunnel.inner().mssBytes());
        sizes(tunnel.inner());
        json.name("rekey").beginObject();
        if (tunnel.ikeSas().isEmpty()) {
            json.name("ike").nullValue();
        } else {
            due("ike", tunnel.ikeSas().getFirst().rekeyNanos(), tunnel.clock());
        }
        if (tunnel.childSas().isEmpty()) {
            json.name("esp").nullValue();
        } else {
            due("esp", tunnel.childSas().getFirst().rekeyNanos(), tunnel.clock());
        }
        json.endObject();
        json.memberOrNull("roundTripMicroseconds", tunnel.roundTripNanos() / 1_000);
    }

    private void sizes(TunnelStatus.InnerSize inner) {
        json.name("sizes")
                .beginObject()
                .name("uplink")
                .beginObject()
                .member("configured", inner.configuredBytes())
                .member("inUse", inner.inUseBytes())
                .endObject();
        MtuArithmetic.of(inner.suite(), inner.udpEncapsulated(), inner.outerIpv6())
                .write(json);
        json.member("mssIpv6", EspOverhead.mssIpv6Bytes(inner.mtuBytes()))
                .member("deviceMtu", inner.deviceMtuBytes())
                .member("flowMtu", inner.flowMtuBytes())
                .endObject();
    }

    private void path(PathStatus path) {
        json.name("path").beginObject().member("probed", path.probed()).member("answered", path.answered());
        json.member("probes", path.sent()).member("lost", path.lost());
        json.memberOrNull("medianMicroseconds", path.medianNanos() / 1_000);
        json.memberOrNull("p95Microseconds", path.p95Nanos() / 1_000);
        json.memberOrNull("jitterMicroseconds", path.jitterNanos() / 1_000);
        PathStatus.Detection detection = path.detection();
        json.name("detection").beginObject();
        json.memberOrNull("silentMicroseconds", detection.silentNanos() / 1_000);
        json.memberOrNull("oneWayMicroseconds", detection.oneWayNanos() / 1_000);
        json.memberOrNull("idleMicroseconds", detection.idleNanos() / 1_000);
        json.endObject().endObject();
    }

    private void traffic(TunnelStatus tunnel) {
        json.name("in")
                .beginObject()
                .member("packets", tunnel.traffic().packetsIn())
                .member("bytes", tunnel.traffic().bytesIn())
                .endObject();
        json.name("out")
                .beginObject()
                .member("packets", tunnel.traffic().packetsOut())
                .member("bytes", tunnel.traffic().bytesOut())
                .endObject();
    }

    private void due(String name, long instantNanos, SnapshotClock clock) {
        due(json, name, instantNanos, clock);
    }

    /** When something is due: as a time, and as seconds from the snapshot on. */
    static void due(JsonWriter json, String name, long instantNanos, SnapshotClock clock) {
        Duration left = clock.until(instantNanos);
        json.name(name)
                .beginObject()
                .member("time", clock.wallTimeOf(instantNanos))
                .member("inSeconds", left.toSeconds())
                .endObject();
    }

    static String encapsulation(IkePeerSummary.ChildSaSummary child) {
        return child.path().udpEncapsulated() ? "udp" : "esp";
    }
}
