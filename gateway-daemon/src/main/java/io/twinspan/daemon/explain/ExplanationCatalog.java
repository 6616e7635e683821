package io.twinspan.daemon.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All explanations, by code. Immutable; any thread. */
public final class ExplanationCatalog {
    private static final String RESOURCE = "explanations.txt";
    private static final int COLUMNS = 4;
    private static final int MAX_DISTANCE = 3;

    /** What may be a code within a sentence. */
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+");

    private final Map<String, Explanation> byKey;

    private ExplanationCatalog(Map<String, Explanation> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    /** The catalogue of this version. */
    public static ExplanationCatalog load() {
        try (InputStream in = ExplanationCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue is missing from the program");
            }
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a catalogue: a line for each code, four columns with bars between them; what begins with # is for its authors.
     *
     * @throws IllegalArgumentException where a line has other columns, or a code comes twice
     */
    static ExplanationCatalog parse(String text) {
        Map<String, Explanation> result = new LinkedHashMap<>();
        for (String line :
                text.lines().filter(it -> !it.isBlank() && !it.startsWith("#")).toList()) {
            String[] columns = line.split("\\|", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException("not four columns: " + line);
            }
            Explanation entry = new Explanation(
                    columns[0].strip(),
                    List.of(columns[1].strip().split(" *, *")),
                    columns[2].strip(),
                    columns[3].strip());
            if (result.put(key(entry.code()), entry) != null) {
                throw new IllegalArgumentException("twice: " + entry.code());
            }
        }
        return new ExplanationCatalog(result);
    }

    /** The explanation of a code; lower and upper case, {@code -}, {@code _} and spaces count as the same. */
    public Optional<Explanation> find(String code) {
        return Optional.ofNullable(byKey.get(key(code)));
    }

    /** Those that a sentence of the gateway mentions, in its order. */
    public List<Explanation> mentionedIn(String sentence) {
        List<Explanation> result = new ArrayList<>();
        Matcher words = WORD.matcher(sentence);
        while (words.find()) {
            find(words.group()).filter(it -> !result.contains(it)).ifPresent(result::add);
        }
        return result;
    }

    /** Codes that are nearly this one, nearest first, at most three. */
    public List<String> near(String code) {
        String wanted = key(code);
        return byKey.entrySet().stream()
                .map(entry -> Map.entry(
                        distance(wanted, entry.getKey()), entry.getValue().code()))
                .filter(entry -> entry.getKey() <= MAX_DISTANCE)
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_DISTANCE)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All of them, in the catalogue's order. */
    public Collection<Explanation> all() {
        return byKey.values();
    }

    private static String key(String code) {
        return code.strip().toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "_");
    }

    /** Levenshtein's; a code that holds the other counts as near. */
    private static int distance(String a, String b) {
        if (a.length() > MAX_DISTANCE && b.contains(a)) {
            return 1;
        }
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[b.length()];
    }
}
