package io.twinspan.daemon.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrape in the text format, read back.
 *
 * @param samples values by series, {@code name{label="value",...}}
 * @param types by family
 */
record Scrape(Map<String, Double> samples, Map<String, String> types) {
    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    static Scrape of(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        Map<String, String> types = new TreeMap<>();
        text.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                Matcher matcher = SAMPLE.matcher(line);
                if (!matcher.matches()) {
                    throw new AssertionError("no sample: " + line);
                }
                String labels = matcher.group(2) == null ? "" : "{" + matcher.group(2) + "}";
                samples.put(matcher.group(1) + labels, value(matcher.group(3)));
            }
        });
        return new Scrape(samples, types);
    }

    private static double value(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    double value(String name, String... labels) {
        return samples.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "{"))
                .filter(entry ->
                        Set.of(labels).stream().allMatch(label -> entry.getKey().contains(label)))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Families of ours. */
    Set<String> families() {
        Set<String> result = new TreeSet<>(types.keySet());
        result.removeIf(name -> !name.startsWith("twinspan_"));
        return result;
    }

    /** Series of ours. */
    Set<String> series() {
        Set<String> result = new TreeSet<>(samples.keySet());
        result.removeIf(name -> !name.startsWith("twinspan_"));
        return result;
    }

    static Map<String, String> labels(String series) {
        Map<String, String> result = new TreeMap<>();
        Matcher matcher = LABEL.matcher(series);
        while (matcher.find()) {
            result.put(matcher.group(1), matcher.group(2));
        }
        return result;
    }
}
