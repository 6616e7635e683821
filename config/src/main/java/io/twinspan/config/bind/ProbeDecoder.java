package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** Decodes {@code probe}: {@code off}, {@code on}, or a mapping with its settings. */
final class ProbeDecoder {
    private static final Map<String, String> FOREIGN_WORDS =
            Map.of("none", "off", "no", "off", "yes", "on", "icmp", "on", "ping", "on");

    private ProbeDecoder() {}

    static Optional<Section> decode(YamlNode node, String path, ProblemSink problems) {
        if (node instanceof YamlNode.Mapping) {
            return ConfigKeys.PROBE.decode(node, path, problems);
        }
        return Decoders.oneOf(Words.PROBE, FOREIGN_WORDS)
                .decode(node, path, problems)
                .map(enabled -> {
                    Section section = new Section(node.at(), path);
                    section.put(ConfigKeys.PROBE_ENABLED, new Located<>(enabled, node.at(), path));
                    return section;
                });
    }
}
