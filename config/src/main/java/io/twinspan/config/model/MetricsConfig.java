package io.twinspan.config.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics go beside {@code /metrics}, which is always there.
 *
 * @param otlp where they are sent to; null for nowhere
 */
public record MetricsConfig(@Nullable Otlp otlp) {
    /** Nobody is sent anything. */
    public static final MetricsConfig DEFAULT = new MetricsConfig(null);

    /**
     * A receiver of OTLP over HTTP.
     *
     * @param url of its metrics, http or https
     * @param interval between two reports
     * @param headers file with the headers of each request, one a line; null for none
     */
    public record Otlp(URI url, Duration interval, @Nullable Path headers) {
        /** How often metrics are sent where nothing else is said. */
        public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    }
}
