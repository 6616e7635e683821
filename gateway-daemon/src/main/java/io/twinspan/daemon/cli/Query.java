package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** A request target under construction. */
final class Query {
    private final StringBuilder target;
    private char separator = '?';

    Query(String path) {
        target = new StringBuilder(path);
    }

    Query with(String name, String value) {
        target.append(separator).append(name).append('=').append(URLEncoder.encode(value, UTF_8));
        separator = '&';
        return this;
    }

    /** A parameter that is left out where the user said nothing. */
    Query withGiven(String name, @Nullable Object value) {
        return value == null ? this : with(name, value.toString());
    }

    Query withFlag(String name, boolean set) {
        return set ? with(name, "1") : this;
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
