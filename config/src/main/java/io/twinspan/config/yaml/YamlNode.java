package io.twinspan.config.yaml;

import io.twinspan.config.source.SourceLocation;
import java.util.List;

/** A node of a YAML document with its place. */
public sealed interface YamlNode {
    /** Where the node begins. */
    SourceLocation at();

    /** What the node is, in words for people: {@code a list}. */
    String kindInWords();

    /** A mapping; keys are unique. */
    record Mapping(SourceLocation at, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kindInWords() {
            return "a mapping";
        }
    }

    /** One key of a mapping with its value. */
    record Entry(String key, SourceLocation keyAt, YamlNode value) {}

    /** A list. */
    record Sequence(SourceLocation at, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kindInWords() {
            return "a list";
        }
    }

    /** A scalar with its text as written, without quotes. */
    record Scalar(SourceLocation at, String text, ScalarKind kind) implements YamlNode {
        @Override
        public String kindInWords() {
            return kind.inWords();
        }
    }
}
