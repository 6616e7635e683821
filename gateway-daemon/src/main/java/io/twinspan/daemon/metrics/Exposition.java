package io.twinspan.daemon.metrics;

/** The formats in which meters are shown. */
enum Exposition {
    /** Prometheus' text format. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
    private static final String WEIGHT = "q=";

    private final String contentType;

    Exposition(String contentType) {
        this.contentType = contentType;
    }

    /** The value of the Content-Type header. */
    String contentType() {
        return contentType;
    }

    /**
     * The format for an Accept header: OpenMetrics where the client wants it at least as much as plain text (RFC 9110
     * section 12.5.1), the text format for everything else, as every scraper reads that.
     */
    static Exposition of(String accept) {
        double open = weight(accept, OPEN_METRICS_TYPE);
        double text = Math.max(weight(accept, "text/plain"), weight(accept, "text/*"));
        return open > 0 && open >= text ? OPEN_METRICS : PROMETHEUS;
    }

    /** How much a media type is wanted: 0 to 1, 0 where it is not named. */
    private static double weight(String accept, String type) {
        double best = 0;
        for (String range : accept.split(",")) {
            String[] parts = range.split(";");
            if (parts[0].trim().equalsIgnoreCase(type)) {
                best = Math.max(best, weight(parts));
            }
        }
        return best;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith(WEIGHT)) {
                try {
                    return Double.parseDouble(parameter.substring(WEIGHT.length()));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
