package io.twinspan.config.bind;

import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decodes a mapping whose keys are names that the user chose. */
record NamedSections(KeyTable table, Pattern name) {
    Optional<List<NamedSection>> decode(YamlNode node, String path, ProblemSink problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.error(node.at(), path, "is " + node.kindInWords() + ", wanted is a mapping of names");
            return Optional.empty();
        }
        if (mapping.entries().isEmpty()) {
            problems.error(node.at(), path, "holds no connection");
        }
        List<NamedSection> sections = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String entryPath = path + "." + entry.key();
            if (!name.matcher(entry.key()).matches()) {
                String rule = "a name has up to 32 letters, digits and dashes";
                problems.error(
                        entry.keyAt(), entryPath, Decoders.shown(entry.key()) + " cannot name a connection", rule);
            }
            table.decode(entry.value(), entryPath, problems)
                    .ifPresent(section -> sections.add(new NamedSection(entry.key(), entry.keyAt(), section)));
        }
        return Optional.of(sections);
    }
}
