package io.twinspan.daemon.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayMeter;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.MeterReading;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All meters of a gateway. Events come on the control loop, readings are taken over on the metrics thread; {@link #scrape}
 * may be called from any thread.
 */
public final class GatewayMetrics implements GatewayMeter, AutoCloseable {
    private static final String STATE_EVENT = "tunnel.";

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final String version;
    private final Supplier<CompletableFuture<MeterReading>> readings;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("twinspan-metrics").unstarted(task));
    private final ProcessMeters process;
    private final MeterSet gateway;
    private final Timer scrapes;
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Map<String, ConnectionEvents> connectionEvents = new ConcurrentHashMap<>();
    private final Map<TunnelName, TunnelEvents> tunnelEvents = new ConcurrentHashMap<>();

    /** Metrics thread only. */
    private final Map<String, ConnectionMeters> connections = new HashMap<>();

    private final StrayMeters strays;
    private final ReloadMeters reloads;

    /**
     * Meters without any connection yet.
     *
     * @param version of the daemon
     * @param readings takes a reading; called for each scrape
     */
    public GatewayMetrics(String version, Supplier<CompletableFuture<MeterReading>> readings) {
        this.version = version;
        this.readings = readings;
        registry.add(prometheus);
        process = new ProcessMeters(registry);
        gateway = new MeterSet(registry, Tags.empty());
        gateway.gauge(
                "twinspan.build.info",
                "Version of the daemon and of its Java",
                () -> 1,
                "version",
                version,
                "java",
                Runtime.version().toString());
        strays = new StrayMeters(gateway);
        reloads = new ReloadMeters(gateway);
        scrapes = Timer.builder("twinspan.scrape.duration")
                .description("Time from the request for these figures to their text")
                .register(registry);
    }

    /**
     * Sends all meters to a receiver as well, from now on.
     *
     * @throws IOException where the file with the headers cannot be read
     */
    public void push(MetricsConfig.Otlp otlp) throws IOException {
        registry.add(new OtlpPush(otlp, version, this::refresh));
    }

    /** The text of all meters, in a format. */
    CompletableFuture<String> scrape(Exposition format) {
        long begun = System.nanoTime();
        return refresh()
                .thenApplyAsync(
                        _ -> {
                            String text = prometheus.scrape(format.contentType());
                            scrapes.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
                            return text;
                        },
                        thread);
    }

    /** Has all meters show the present; completes on the metrics thread. */
    CompletableFuture<Void> refresh() {
        return readings.get().thenAcceptAsync(this::update, thread);
    }

    private void update(MeterReading reading) {
        GatewayStatus status = reading.status();
        strays.update(reading);
        reloads.update(status.reload());
        Set<String> names = new HashSet<>();
        Set<TunnelName> tunnels = new HashSet<>();
        for (ConnectionStatus connection : status.connections()) {
            names.add(connection.name());
            eventsOf(connection.name());
            for (TunnelStatus tunnel : connection.tunnels()) {
                TunnelName name = new TunnelName(connection.name(), tunnel.number());
                tunnels.add(name);
                eventsOf(name);
            }
            connections
                    .computeIfAbsent(connection.name(), _ -> new ConnectionMeters(registry, connection))
                    .update(connection, reading);
        }
        keepOnly(connections, names);
        keepOnly(connectionEvents, names);
        keepOnly(tunnelEvents, tunnels);
    }

    /** A connection that a reload removed takes its series with it. */
    private static <K, M extends AutoCloseable> void keepOnly(Map<K, M> meters, Set<K> wanted) {
        for (K name : Set.copyOf(meters.keySet())) {
            if (!wanted.contains(name)) {
                M gone = Objects.requireNonNull(meters.remove(name));
                try {
                    gone.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Counts an event of the journal; on the control loop. */
    public void heard(JournalEntry entry) {
        GatewayEvent event = entry.event();
        String tunnel = event.tunnel() == 0 ? "" : Integer.toString(event.tunnel());
        events.computeIfAbsent(
                        String.join(
                                "/",
                                event.connection(),
                                tunnel,
                                event.type(),
                                event.severity().label()),
                        _ -> gateway.count(
                                "twinspan.events",
                                "Events of the journal; what is of no connection or of no tunnel has empty labels",
                                "connection",
                                event.connection(),
                                "tunnel",
                                tunnel,
                                "type",
                                event.type(),
                                "severity",
                                event.severity().label()))
                .increment();
        // An attempt to connect has the name of a state, too; only a change says what was before.
        if (event.type().startsWith(STATE_EVENT) && event.fields().containsKey("was")) {
            String state = event.type().substring(STATE_EVENT.length());
            Arrays.stream(TunnelState.values())
                    .filter(it -> it.label().equals(state))
                    .forEach(it -> eventsOf(new TunnelName(event.connection(), event.tunnel()))
                            .changed(it));
        }
    }

    @Override
    public void reported(TunnelName tunnel, IkeReport report) {
        eventsOf(tunnel).reported(report);
    }

    @Override
    public void roundTrip(TunnelName tunnel, long nanos) {
        eventsOf(tunnel).roundTrip(nanos);
    }

    @Override
    public void switched(String connection, SwitchRecord move) {
        eventsOf(connection).switched(move);
    }

    @Override
    public void drilled(DrillReport report) {
        eventsOf(report.order().connection()).drilled(report);
    }

    private TunnelEvents eventsOf(TunnelName tunnel) {
        return tunnelEvents.computeIfAbsent(tunnel, name -> new TunnelEvents(registry, name));
    }

    private ConnectionEvents eventsOf(String connection) {
        return connectionEvents.computeIfAbsent(connection, name -> new ConnectionEvents(registry, name));
    }

    /** Ends the metrics thread; what is being scraped is still answered. */
    @Override
    public void close() {
        process.close();
        // A receiver gets a last reading, which the thread has to take.
        registry.close();
        thread.shutdown();
    }
}
