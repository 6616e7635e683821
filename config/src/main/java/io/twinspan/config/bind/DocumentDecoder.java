package io.twinspan.config.bind;

import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import java.util.Optional;

/** Decodes a whole document against {@link ConfigKeys#DOCUMENT}. */
public final class DocumentDecoder {
    private DocumentDecoder() {}

    /** The document's values; nothing where it is no mapping at all. */
    public static Optional<Section> decode(YamlNode root, ProblemSink problems) {
        return ConfigKeys.DOCUMENT.decode(root, "", problems);
    }
}
