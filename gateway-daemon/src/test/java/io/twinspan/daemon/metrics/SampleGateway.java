package io.twinspan.daemon.metrics;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.MeterReading;
import io.twinspan.daemon.control.MeterReading.Drops;
import io.twinspan.daemon.control.ReloadFacts;
import io.twinspan.daemon.dataplane.SizeCounts;
import io.twinspan.daemon.http.SampleStatus;
import io.twinspan.daemon.ike.TunnelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Meters over readings that the test makes up: connections with two tunnels, the first down, the second up. */
final class SampleGateway implements AutoCloseable {
    private final GatewayMetrics metrics =
            new GatewayMetrics("0.1.0", () -> CompletableFuture.completedFuture(reading()));
    private final List<String> connections = new ArrayList<>(List.of("prod"));
    private Drops drops = new Drops(Map.of(), Map.of());
    private long counted;
    private volatile ReloadFacts reload = SampleStatus.degraded().reload();

    GatewayMetrics metrics() {
        return metrics;
    }

    void connections(String... names) {
        connections.clear();
        connections.addAll(List.of(names));
    }

    void drops(Map<String, Long> in, Map<String, Long> out) {
        drops = new Drops(in, out);
    }

    /** Everything that is counted in readings has this value. */
    void counted(long value) {
        counted = value;
    }

    void reloads(ReloadFacts facts) {
        reload = facts;
    }

    void reports(IkeReport... reports) {
        for (IkeReport report : reports) {
            metrics.reported(new TunnelName("prod", 2), report);
        }
    }

    Scrape scrape() {
        return Scrape.of(metrics.scrape(Exposition.PROMETHEUS).join());
    }

    private MeterReading reading() {
        GatewayStatus sample = SampleStatus.degraded();
        ConnectionStatus prod = sample.connections().getFirst();
        Map<TunnelName, MeterReading.Tunnel> tunnels = new HashMap<>();
        Map<String, MeterReading.Connection> itself = new HashMap<>();
        List<ConnectionStatus> all = new ArrayList<>();
        for (String name : connections) {
            all.add(new ConnectionStatus(
                    name,
                    prod.state(),
                    prod.activeTunnel(),
                    prod.carrying(),
                    prod.redundant(),
                    prod.since(),
                    prod.switches(),
                    prod.drillPassed(),
                    prod.networks(),
                    prod.tunnels()));
            itself.put(name, new MeterReading.Connection(drops, (int) counted));
            for (int number = 1; number <= 2; number++) {
                tunnels.put(
                        new TunnelName(name, number),
                        new MeterReading.Tunnel(
                                new MeterReading.Esp(counted, counted, counted, counted, counted),
                                new SizeCounts(counted, counted, counted, counted, counted, counted),
                                counted,
                                counted,
                                Instant.EPOCH,
                                1_500,
                                drops));
            }
        }
        return new MeterReading(
                new GatewayStatus(sample.at(), sample.facts(), sample.startedAt(), all, sample.drops(), reload),
                tunnels,
                itself);
    }

    @Override
    public void close() {
        metrics.close();
    }
}
