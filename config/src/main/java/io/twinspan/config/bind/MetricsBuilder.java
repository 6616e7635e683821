package io.twinspan.config.bind;

import io.twinspan.config.model.MetricsConfig;
import io.twinspan.config.source.Located;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/** Makes the model of the section {@code metrics}, in which no error was found. */
final class MetricsBuilder {
    private MetricsBuilder() {}

    /** @param files the file that a name stands for */
    static MetricsConfig build(Section document, Function<String, Path> files) {
        return document.find(ConfigKeys.METRICS)
                .flatMap(metrics -> metrics.value().find(ConfigKeys.OTLP))
                .map(otlp -> new MetricsConfig(otlp(otlp.value(), files)))
                .orElse(MetricsConfig.DEFAULT);
    }

    private static MetricsConfig.Otlp otlp(Section otlp, Function<String, Path> files) {
        return new MetricsConfig.Otlp(
                URI.create(otlp.find(ConfigKeys.OTLP_URL).orElseThrow().value()),
                otlp.find(ConfigKeys.OTLP_INTERVAL).map(Located::value).orElse(MetricsConfig.Otlp.DEFAULT_INTERVAL),
                otlp.find(ConfigKeys.OTLP_HEADERS)
                        .map(file -> files.apply(file.value()))
                        .orElse(null));
    }
}
