package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.config.source.SourceLocation;
import java.util.Optional;

/**
 * What holds for one tunnel: what the tunnel says, else what its connection says once for both.
 *
 * @param connection name of the connection
 * @param number 1 or 2
 * @param tunnel the tunnel's own mapping
 * @param common the connection's mapping
 */
public record TunnelView(String connection, int number, Section tunnel, Section common) {
    /** Where the tunnel's mapping begins. */
    public SourceLocation at() {
        return tunnel.at();
    }

    /** How operators name it: {@code prod/1}. */
    public String label() {
        return connection + "/" + number;
    }

    /** A setting that may stand on the tunnel or on the connection. */
    public <T> Optional<Located<T>> find(Key<T> key) {
        return tunnel.find(key).or(() -> common.find(key));
    }

    /** A setting inside a group of settings that may stand on the tunnel or on the connection, key by key. */
    public <T> Optional<Located<T>> find(Key<Section> group, Key<T> key) {
        return find(group, group, key);
    }

    /** The same where the group's table differs between tunnel and connection. */
    public <T> Optional<Located<T>> find(Key<Section> ownGroup, Key<Section> commonGroup, Key<T> key) {
        return tunnel.find(ownGroup)
                .flatMap(section -> section.value().find(key))
                .or(() -> common.find(commonGroup)
                        .flatMap(section -> section.value().find(key)));
    }

    /** A setting that only a tunnel has. */
    public <T> Optional<Located<T>> own(Key<Section> group, Key<T> key) {
        return tunnel.find(group).flatMap(section -> section.value().find(key));
    }
}
