package io.twinspan.config;

import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.config.yaml.YamlNode;
import io.twinspan.config.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the settings of a tunnel stand in a configuration file. Immutable; reads the file each time it is made. */
public final class SettingPlaces {
    private final @Nullable YamlNode root;

    private SettingPlaces(@Nullable YamlNode root) {
        this.root = root;
    }

    /** The places in a file; none where it cannot be read. */
    public static SettingPlaces of(Path file) {
        return ConfigLoader.read(file, new ProblemSink())
                .map(text -> of(file.toString(), text))
                .orElseGet(() -> new SettingPlaces(null));
    }

    /** The places in a text; {@code name} stands in them. */
    static SettingPlaces of(String name, String text) {
        return new SettingPlaces(YamlReader.read(name, text, new ProblemSink()).orElse(null));
    }

    /**
     * Where a tunnel's setting stands: in the tunnel itself, else where the connection has it for both; else where the tunnel
     * begins, since it then has the default.
     *
     * @param key first word of the setting: {@code ike}
     */
    public Optional<Place> find(String connection, int tunnel, String key) {
        Optional<YamlNode.Entry> section = Optional.ofNullable(root)
                .flatMap(it -> entry(it, "connections"))
                .flatMap(it -> entry(it.value(), connection));
        String path = "connections." + connection;
        Optional<YamlNode> node = section.flatMap(it -> tunnel(it.value(), tunnel));
        return node.flatMap(it -> entry(it, key))
                .map(it -> new Place(it.keyAt(), path + ".tunnels(" + tunnel + ")." + key))
                .or(() -> section.flatMap(it -> entry(it.value(), key))
                        .map(it -> new Place(it.keyAt(), path + "." + key)))
                .or(() -> node.map(it -> new Place(
                        it.at(), path + ".tunnels(" + tunnel + "), where " + key + " is left to its default")));
    }

    private static Optional<YamlNode> tunnel(YamlNode connection, int number) {
        return entry(connection, "tunnels")
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Sequence.class::isInstance)
                .map(YamlNode.Sequence.class::cast)
                .flatMap(list -> list.items().stream()
                        .filter(item -> entry(item, "number")
                                .map(YamlNode.Entry::value)
                                .filter(YamlNode.Scalar.class::isInstance)
                                .map(it -> ((YamlNode.Scalar) it).text().equals(Integer.toString(number)))
                                .orElse(false))
                        .findFirst());
    }

    private static Optional<YamlNode.Entry> entry(YamlNode node, String key) {
        return node instanceof YamlNode.Mapping mapping
                ? mapping.entries().stream().filter(it -> it.key().equals(key)).findFirst()
                : Optional.empty();
    }

    /**
     * A place.
     *
     * @param at file, line and column
     * @param path of the setting
     */
    public record Place(SourceLocation at, String path) {}
}
