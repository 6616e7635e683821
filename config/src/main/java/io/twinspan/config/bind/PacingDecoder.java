package io.twinspan.config.bind;

import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import java.util.Optional;

/** Decodes {@code pacing}: a word, or a mapping with the limits themselves. */
final class PacingDecoder {
    private PacingDecoder() {}

    static Optional<Pacing> decode(YamlNode node, String path, ProblemSink problems) {
        if (!(node instanceof YamlNode.Mapping)) {
            return Decoders.oneOf(Words.PACING, Words.FOREIGN_PACING).decode(node, path, problems);
        }
        int errorsBefore = problems.errorCount();
        Optional<Section> limits = ConfigKeys.PACING_LIMITS.decode(node, path, problems);
        if (limits.isEmpty() || problems.errorCount() > errorsBefore) {
            return Optional.empty();
        }
        Pacing pacing = new Pacing(
                limits.get().find(ConfigKeys.PACING_RATE).map(Located::value).orElse(0L),
                limits.get().find(ConfigKeys.PACING_PACKETS).map(Located::value).orElse(0));
        if (!pacing.limits()) {
            problems.error(node.at(), path, "names no limit", "give 'rate', 'packets' or both, or write 'off'");
            return Optional.empty();
        }
        return Optional.of(pacing);
    }
}
