package io.twinspan.daemon.http;

import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.SnapshotClock;
import io.twinspan.daemon.control.TunnelStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code twinspan.sas/1}: the security associations of every tunnel; no keys. */
final class SasJson {
    static final String SCHEMA = "twinspan.sas/1";

    private static final double PERCENT = 100;

    private final JsonWriter json = new JsonWriter();

    private SasJson() {}

    static String of(GatewayStatus status) {
        SasJson writer = new SasJson();
        writer.gateway(status);
        return writer.json + "\n";
    }

    private void gateway(GatewayStatus status) {
        json.beginObject().member("schema", SCHEMA).member("time", status.at());
        json.name("tunnels").beginArray();
        for (ConnectionStatus connection : status.connections()) {
            connection.tunnels().forEach(tunnel -> tunnel(connection.name(), tunnel));
        }
        json.endArray().endObject();
    }

    private void tunnel(String connection, TunnelStatus tunnel) {
        json.beginObject().member("connection", connection).member("tunnel", tunnel.number());
        json.name("ike").beginArray();
        tunnel.ikeSas().forEach(sa -> ikeSa(sa, tunnel.clock()));
        json.endArray();
        json.name("esp").beginArray();
        tunnel.childSas().forEach(sa -> childSa(sa, tunnel.sequences().get(sa.inboundSpi()), tunnel.clock()));
        json.endArray().endObject();
    }

    private void ikeSa(IkeSaSummary sa, SnapshotClock clock) {
        json.beginObject()
                .member("localSpi", spi(sa.localSpi()))
                .member("remoteSpi", spi(sa.remoteSpi()))
                .member("role", sa.initiator() ? "initiator" : "responder")
                .member("suite", sa.suite().label())
                .member("local", sa.local().toString())
                .member("remote", sa.remote().toString())
                .member("natLocal", sa.natLocal())
                .member("natRemote", sa.natRemote());
        times(sa.establishedNanos(), sa.rekeyNanos(), sa.expireNanos(), clock);
        json.endObject();
    }

    private void childSa(ChildSaSummary sa, TunnelStatus.@Nullable SequencesUsed sequences, SnapshotClock clock) {
        json.beginObject()
                .member("inboundSpi", spi(sa.inboundSpi()))
                .member("outboundSpi", spi(sa.outboundSpi()))
                .member("sending", sa.sending())
                .member("suite", sa.suite().label())
                .member("encapsulation", StatusJson.encapsulation(sa))
                .member("local", sa.path().local().toString())
                .member("remote", sa.path().remote().toString());
        json.name("sequencePercent");
        if (sequences == null) {
            json.nullValue();
        } else {
            json.beginObject().name("in").value(sequences.in() * PERCENT);
            json.name("out").value(sequences.out() * PERCENT).endObject();
        }
        times(sa.establishedNanos(), sa.rekeyNanos(), sa.expireNanos(), clock);
        json.endObject();
    }

    private void times(long establishedNanos, long rekeyNanos, long expireNanos, SnapshotClock clock) {
        json.member("established", clock.wallTimeOf(establishedNanos));
        StatusJson.due(json, "rekey", rekeyNanos, clock);
        StatusJson.due(json, "expire", expireNanos, clock);
    }

    static String spi(int spi) {
        return String.format(Locale.ROOT, "0x%08x", spi);
    }

    static String spi(long spi) {
        return String.format(Locale.ROOT, "0x%016x", spi);
    }
}
