package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.config.source.SourceLocation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A decoded mapping: the values that were given and could be read. Filled once by its {@link KeyTable}. */
public final class Section {
    private final SourceLocation at;
    private final String path;
    private final Map<Key<?>, Located<?>> values = new HashMap<>();

    Section(SourceLocation at, String path) {
        this.at = at;
        this.path = path;
    }

    /** Where the mapping begins. */
    public SourceLocation at() {
        return at;
    }

    /** The mapping's path; empty for the document. */
    public String path() {
        return path;
    }

    /** The path of a key in this mapping. */
    public String pathOf(Key<?> key) {
        return path.isEmpty() ? key.name() : path + "." + key.name();
    }

    /** The value of a key, where it was given and readable. */
    @SuppressWarnings("unchecked") // put() is the only writer and ties the value's type to the key's
    public <T> Optional<Located<T>> find(Key<T> key) {
        return Optional.ofNullable((Located<T>) values.get(key));
    }

    <T> void put(Key<T> key, Located<T> value) {
        values.put(key, value);
    }
}
