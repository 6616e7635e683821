package io.twinspan.config.bind;

import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import java.util.Optional;

/** Turns a node into a value; what is wrong with it goes to the sink, and then nothing comes back. */
@FunctionalInterface
public interface ValueDecoder<T> {
    /**
     * Decodes one value.
     *
     * @param path the key's path, for problems
     */
    Optional<T> decode(YamlNode node, String path, ProblemSink problems);
}
