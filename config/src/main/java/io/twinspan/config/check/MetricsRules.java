package io.twinspan.config.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.Section;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** Metrics are sent to an address that there can be, and no secret goes with them in clear. */
public final class MetricsRules {
    /** RFC 9110 section 5.1: a name is a token; a value of visible characters. */
    private static final Pattern HEADERS =
            Pattern.compile("(?:[A-Za-z0-9!#$%&'*+.^_`|~-]+:[ \\t]*[\\x21-\\x7e][\\x20-\\x7e]*\\R?)+");

    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");

    private MetricsRules() {}

    /** Checks the section {@code metrics}; the headers are looked at and forgotten. */
    public static void check(Section document, SecretSource files, ProblemSink problems) {
        document.find(ConfigKeys.METRICS)
                .flatMap(metrics -> metrics.value().find(ConfigKeys.OTLP))
                .map(Located::value)
                .ifPresent(otlp -> {
                    otlp.find(ConfigKeys.OTLP_URL).ifPresent(url -> url(url, otlp, problems));
                    otlp.find(ConfigKeys.OTLP_HEADERS).ifPresent(file -> headers(file, files, problems));
                });
    }

    private static void url(Located<String> url, Section otlp, ProblemSink problems) {
        URI uri;
        try {
            uri = URI.create(url.value());
        } catch (IllegalArgumentException e) {
            problems.error(url.at(), url.path(), "is no URL", "as in https://collector.example:4318/v1/metrics");
            return;
        }
        if (uri.getHost() == null) {
            problems.error(url.at(), url.path(), "names no host", "as in https://collector.example:4318/v1/metrics");
            return;
        }
        if (uri.getUserInfo() != null) {
            problems.error(
                    url.at(), url.path(), "has a user or a password in it", "put an Authorization line into 'headers'");
        }
        boolean clear = uri.getScheme().equals("http") && !THIS_HOST.contains(uri.getHost());
        if (clear && otlp.find(ConfigKeys.OTLP_HEADERS).isPresent()) {
            problems.error(
                    url.at(), url.path(), "the headers would cross the network in clear", "use https, or no 'headers'");
        } else if (clear) {
            problems.warn(url.at(), url.path(), "the metrics cross the network in clear", "use https");
        }
    }

    private static void headers(Located<String> file, SecretSource files, ProblemSink problems) {
        String what = "file '" + file.value() + "' ";
        switch (files.read(file.value())) {
            case SecretSource.Answer.Refused(String reason, String hint) ->
                problems.error(file.at(), file.path(), what + reason, hint);
            case SecretSource.Answer.Found found -> {
                boolean fits = HEADERS.matcher(new String(found.octets().expose(), UTF_8))
                        .matches();
                found.octets().destroy();
                if (!fits) {
                    problems.error(
                            file.at(), file.path(), what + "has lines that are no headers", "one 'Name: value' a line");
                }
                if (!found.exposure().isEmpty()) {
                    problems.warn(file.at(), file.path(), what + found.exposure(), "mode 600 is enough for us");
                }
            }
        }
    }
}
