package io.twinspan.config.awsimport;

import io.twinspan.config.source.Severity;
import java.util.ArrayList;
import java.util.List;

/** An import's result for people: every value with its origin, then what is missing, then what is wrong or odd. */
public final class ImportReport {
    private static final int MAX_VALUE_COLUMN = 40;

    private ImportReport() {}

    /**
     * Lines without keys in them:
     *
     * <pre>
     * connections.prod:
     *   tunnels[0].outside.remote  203.0.113.10  XML /vpn_connection/ipsec_tunnel[1]/...
     * missing  connections.prod.remote: AWS networks (--remote)
     * warn     ...
     * </pre>
     */
    public static List<String> lines(ImportResult result) {
        List<String> lines = new ArrayList<>();
        if (!result.files().files().isEmpty()) {
            values(result.provenance(), lines);
        }
        if (!result.hasErrors()) {
            result.missing().forEach(gap -> lines.add("missing  " + gap.path() + ": " + gap.what()));
        }
        for (Finding finding : result.findings()) {
            lines.add((finding.severity() == Severity.ERROR ? "error    " : "warn     ") + finding.message());
        }
        return List.copyOf(lines);
    }

    private static void values(List<Provenance> provenance, List<String> lines) {
        int keys =
                provenance.stream().mapToInt(from -> key(from).length()).max().orElse(0);
        int values = provenance.stream()
                .mapToInt(from -> Math.min(MAX_VALUE_COLUMN, from.value().length()))
                .max()
                .orElse(0);
        String connection = "";
        for (Provenance from : provenance) {
            String owner =
                    from.path().substring(0, from.path().length() - key(from).length());
            if (!owner.equals(connection)) {
                connection = owner;
                lines.add(owner.replaceFirst("\\.$", ":"));
            }
            lines.add("  " + padded(key(from), keys) + "  " + padded(from.value(), values) + "  " + from.origin());
        }
    }

    /** The path below {@code connections.NAME.}; names hold no dots. */
    private static String key(Provenance from) {
        int first = from.path().indexOf('.');
        return from.path().substring(from.path().indexOf('.', first + 1) + 1);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
