package io.twinspan.config.bind;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key of a mapping: its name, whether it has to be there, and how its value is read. Compared by identity. */
public final class Key<T> {
    private final String name;
    private final boolean required;
    private final ValueDecoder<T> decoder;
    private final @Nullable KeyTable table;

    private Key(String name, boolean required, ValueDecoder<T> decoder, @Nullable KeyTable table) {
        this.name = name;
        this.required = required;
        this.decoder = decoder;
        this.table = table;
    }

    static <T> Key<T> optional(String name, ValueDecoder<T> decoder) {
        return new Key<>(name, false, decoder, null);
    }

    static <T> Key<T> required(String name, ValueDecoder<T> decoder) {
        return new Key<>(name, true, decoder, null);
    }

    static Key<Section> section(String name, KeyTable table) {
        return new Key<>(name, false, table::decode, table);
    }

    static Key<Section> requiredSection(String name, KeyTable table) {
        return new Key<>(name, true, table::decode, table);
    }

    /** The word in the file. */
    public String name() {
        return name;
    }

    /** True where the mapping is wrong without it. */
    public boolean isRequired() {
        return required;
    }

    /** The keys below this one, where its value is a mapping of known keys. */
    public Optional<KeyTable> table() {
        return Optional.ofNullable(table);
    }

    ValueDecoder<T> decoder() {
        return decoder;
    }
}
