package io.twinspan.daemon.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.twinspan.config.model.MetricsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends all meters to a receiver of OTLP, with a fresh reading each time. On a thread of its own. */
final class OtlpPush extends OtlpMeterRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpPush.class);
    private static final long READING_SECONDS = 5;

    private final Supplier<CompletableFuture<Void>> refresh;

    /**
     * Begins to send after one interval.
     *
     * @throws IOException where the headers cannot be read
     */
    OtlpPush(MetricsConfig.Otlp otlp, String version, Supplier<CompletableFuture<Void>> refresh) throws IOException {
        super(new Settings(otlp, version, headers(otlp.headers())), Clock.SYSTEM);
        this.refresh = refresh;
    }

    @Override
    protected void publish() {
        try {
            refresh.get().get(READING_SECONDS, TimeUnit.SECONDS);
            super.publish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("No metrics were sent: the control loop gives no reading ({}).", e.toString());
        }
    }

    private static Map<String, String> headers(@Nullable Path file) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (file != null) {
            for (String line : Files.readAllLines(file, UTF_8)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon), line.substring(colon + 1).trim());
                }
            }
        }
        return headers;
    }

    /** What Micrometer asks; the environment of the process has no say. */
    private record Settings(MetricsConfig.Otlp otlp, String version, Map<String, String> headers)
            implements OtlpConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return otlp.url().toString();
        }

        @Override
        public Duration step() {
            return otlp.interval();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return Map.of("service.name", "twinspan", "service.version", version);
        }

        /** Not even by accident into a log. */
        @Override
        public String toString() {
            return "OTLP to " + otlp.url();
        }
    }
}
