package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.LiveSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who watches how the gateway is: once a second, and right after something happened. One snapshot serves
 * all. Rests while nobody watches. Callable from any thread; renders on the common pool, so that neither the control loop
 * nor the admin loop waits for text.
 */
final class LiveFeed {
    /** Things rarely happen alone: a fail-over is several events within milliseconds. */
    private static final long SETTLE_MILLIS = 20;

    /** After the sample of a second is taken. */
    private static final long BEHIND_SAMPLE_MILLIS = 50;

    private static final long SECOND_MILLIS = 1_000;
    private static final int HEARTBEAT_TICKS = 15;
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private final GatewayApi gateway;
    private final Set<Reader> readers = new LinkedHashSet<>();
    private final Map<String, Instant> sampled = new HashMap<>();
    private Instant told = Instant.MIN;
    private boolean ticking;
    private boolean hurrying;
    private int ticks;

    /**
     * Somebody who watches.
     *
     * @param stream where it goes
     * @param connection name; empty for all
     */
    record Reader(ApiStream stream, String connection) {}

    LiveFeed(GatewayApi gateway) {
        this.gateway = gateway;
    }

    void add(Reader reader) {
        boolean start;
        synchronized (this) {
            readers.add(reader);
            start = !ticking;
            ticking = true;
        }
        if (start) {
            tick();
        } else {
            hurry();
        }
    }

    synchronized void remove(Reader reader) {
        readers.remove(reader);
    }

    /** Something happened. */
    void hurry() {
        synchronized (this) {
            if (hurrying || readers.isEmpty()) {
                return;
            }
            hurrying = true;
        }
        later(SETTLE_MILLIS, () -> {
            synchronized (this) {
                hurrying = false;
            }
            var _ = refresh();
        });
    }

    private void tick() {
        synchronized (this) {
            if (readers.isEmpty()) {
                ticking = false;
                sampled.clear();
                told = Instant.MIN;
                return;
            }
            ticks++;
        }
        var _ = refresh().whenComplete((delay, bug) -> later(bug == null ? delay : SECOND_MILLIS, this::tick));
    }

    /** Asks and tells; completes with the time until the next sample is there. */
    private CompletableFuture<Long> refresh() {
        return gateway.status().thenCombineAsync(gateway.samples(), this::tell).whenComplete((_, bug) -> {
            if (bug != null) {
                LOG.error("A snapshot for the dashboard failed; this is a bug.", bug);
            }
        });
    }

    private synchronized long tell(GatewayStatus status, List<LiveSample> samples) {
        // Two snapshots may overtake each other on the pool; nobody is told of the past.
        if (status.at().isBefore(told)) {
            return SECOND_MILLIS;
        }
        told = status.at();
        List<LiveSample> fresh = samples.stream().filter(this::isNew).toList();
        fresh.forEach(sample -> sampled.put(sample.connection(), sample.at()));
        Map<String, String> pieces = new HashMap<>();
        for (Reader reader : readers) {
            reader.stream()
                    .send(pieces.computeIfAbsent(reader.connection(), name -> piece(status.only(name), fresh, name)));
        }
        return samples.isEmpty() ? SECOND_MILLIS : untilNext(samples.getFirst().at(), status.at());
    }

    private String piece(GatewayStatus status, List<LiveSample> fresh, String connection) {
        List<LiveSample> wanted = fresh.stream()
                .filter(sample -> connection.isEmpty() || sample.connection().equals(connection))
                .toList();
        return ServerSentEvent.of("state", StatusJson.of(status))
                + (wanted.isEmpty() ? "" : ServerSentEvent.of("sample", HistoryJson.of(wanted)))
                + (ticks % HEARTBEAT_TICKS == 0 ? ServerSentEvent.HEARTBEAT : "");
    }

    /** The wall time of a second wanders by the rounding of two clocks. */
    private boolean isNew(LiveSample sample) {
        Instant last = sampled.get(sample.connection());
        return last == null || Duration.between(last, sample.at()).toMillis() > SECOND_MILLIS / 2;
    }

    private static long untilNext(Instant sample, Instant now) {
        long since = Math.floorMod(Duration.between(sample, now).toMillis(), SECOND_MILLIS);
        return SECOND_MILLIS + BEHIND_SAMPLE_MILLIS - since;
    }

    private static void later(long millis, Runnable action) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(action);
    }
}
