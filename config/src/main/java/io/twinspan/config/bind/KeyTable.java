package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.config.yaml.ScalarKind;
import io.twinspan.config.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All keys that one kind of mapping may hold. Decoding reports unknown and missing keys and goes on with the rest. */
public final class KeyTable {
    private final List<Key<?>> keys;
    private final Map<String, String> foreignWords;

    /**
     * @param foreignWords words people bring from other products, with the hint to give for each
     */
    KeyTable(List<Key<?>> keys, Map<String, String> foreignWords) {
        this.keys = List.copyOf(keys);
        this.foreignWords = Map.copyOf(foreignWords);
    }

    /** Every key, in the order of the documentation. */
    public List<Key<?>> keys() {
        return keys;
    }

    Optional<Section> decode(YamlNode node, String path, ProblemSink problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            String expected = "a mapping with " + Suggestion.listed(names());
            problems.error(node.at(), path, "is " + node.kindInWords() + ", wanted is " + expected);
            return Optional.empty();
        }
        Section section = new Section(mapping.at(), path);
        Set<String> given = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            given.add(entry.key());
            String keyPath = path.isEmpty() ? entry.key() : path + "." + entry.key();
            keys.stream()
                    .filter(key -> key.name().equals(entry.key()))
                    .findFirst()
                    .ifPresentOrElse(
                            key -> decodeValue(key, entry, section, problems),
                            () -> problems.error(
                                    entry.keyAt(), keyPath, "unknown key '" + entry.key() + "'", hint(entry.key())));
        }
        for (Key<?> key : keys) {
            if (key.isRequired() && !given.contains(key.name())) {
                SourceLocation at = mapping.at();
                problems.error(at, section.pathOf(key), "missing key '" + key.name() + "'");
            }
        }
        return Optional.of(section);
    }

    private static <T> void decodeValue(Key<T> key, YamlNode.Entry entry, Section section, ProblemSink problems) {
        String path = section.pathOf(key);
        YamlNode value = entry.value();
        if (value instanceof YamlNode.Scalar(var _, var _, ScalarKind kind) && kind == ScalarKind.NULL) {
            problems.error(entry.keyAt(), path, "has no value");
            return;
        }
        key.decoder()
                .decode(value, path, problems)
                .ifPresent(decoded -> section.put(key, new Located<>(decoded, value.at(), path)));
    }

    private List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    private String hint(String unknown) {
        String foreign = foreignWords.get(unknown);
        if (foreign != null) {
            return foreign;
        }
        return Suggestion.nearest(unknown, names()).isPresent()
                ? Suggestion.hint(unknown, names())
                : Suggestion.nearest(unknown, List.copyOf(foreignWords.keySet()))
                        .flatMap(word -> Optional.ofNullable(foreignWords.get(word)))
                        .orElse(Suggestion.hint(unknown, names()));
    }
}
