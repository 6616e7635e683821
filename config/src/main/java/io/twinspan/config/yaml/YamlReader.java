package io.twinspan.config.yaml;

import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.source.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document. Built on the parser's events instead of its node tree, so that depth is bounded here and a
 * duplicate key can be shown with both places.
 */
public final class YamlReader {
    /** Deeper documents are refused. */
    static final int MAX_DEPTH = 20;

    private static final String IN_PLACE = "say it in place; what both tunnels share can stand once on the connection";

    private final String file;
    private final ProblemSink problems;
    private final Iterator<Event> events;

    private YamlReader(String file, Iterator<Event> events, ProblemSink problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /**
     * The document's root, or nothing where the text is not YAML or is empty; what is wrong goes to {@code problems}.
     *
     * @param file name for the locations
     */
    public static Optional<YamlNode> read(String file, String text, ProblemSink problems) {
        int errorsBefore = problems.errorCount();
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            YamlReader reader =
                    new YamlReader(file, new Parse(settings).parseString(text).iterator(), problems);
            return reader.document();
        } catch (MarkedYamlEngineException e) {
            SourceLocation at = e.getProblemMark().map(mark -> at(file, mark)).orElse(SourceLocation.startOf(file));
            String what = Optional.ofNullable(e.getProblem()).orElse("not understood");
            problems.error(at, "", "this is not YAML: " + onOneLine(what), hintFor(text, at));
        } catch (ReaderException e) {
            problems.error(SourceLocation.startOf(file), "", "the file holds characters that YAML does not allow");
        } catch (YamlEngineException e) {
            problems.error(SourceLocation.startOf(file), "", "this is not YAML");
        } catch (DepthExceeded e) {
            problems.error(e.at, "", "nested deeper than " + MAX_DEPTH + " levels");
        }
        assert problems.errorCount() > errorsBefore;
        return Optional.empty();
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case Scalar, SequenceStart, MappingStart, Alias -> {
                    YamlNode node = node(event, "", 0);
                    if (documents > 1) {
                        problems.error(node.at(), "", "a second document in one file");
                    } else {
                        root = Optional.of(node);
                    }
                }
                case Comment, DocumentEnd, MappingEnd, SequenceEnd, StreamEnd, StreamStart -> {}
            }
        }
        if (root.isEmpty()) {
            problems.error(SourceLocation.startOf(file), "", "the file is empty", "it begins with 'version: 1'");
        }
        return root;
    }

    private YamlNode node(Event event, String path, int depth) {
        SourceLocation at = at(event);
        if (depth > MAX_DEPTH) {
            throw new DepthExceeded(at);
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseAnchor(scalar.getAnchor().isPresent(), scalar.getTag().isPresent(), at, path);
                ScalarKind kind = scalar.isPlain() ? ScalarKind.ofPlain(scalar.getValue()) : ScalarKind.TEXT;
                yield new YamlNode.Scalar(at, scalar.getValue(), kind);
            }
            case CollectionStartEvent start -> {
                refuseAnchor(start.getAnchor().isPresent(), start.getTag().isPresent(), at, path);
                yield start.getEventId() == Event.ID.MappingStart
                        ? mapping(at, path, depth)
                        : sequence(at, path, depth);
            }
            case AliasEvent _ -> {
                problems.error(at, path, "aliases are not supported", IN_PLACE);
                yield new YamlNode.Scalar(at, "", ScalarKind.TEXT);
            }
            default -> throw new IllegalStateException("event " + event.getEventId() + " begins no node");
        };
    }

    private YamlNode mapping(SourceLocation at, String path, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, SourceLocation> seen = new HashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            YamlNode keyNode = node(event, path, depth + 1);
            String key = keyNode instanceof YamlNode.Scalar(var _, String text, var _) ? text : "";
            String keyPath = path.isEmpty() ? key : path + "." + key;
            YamlNode value = node(next(), keyPath, depth + 1);
            if (!(keyNode instanceof YamlNode.Scalar)) {
                problems.error(keyNode.at(), path, "a key has to be a word, this is " + keyNode.kindInWords());
                continue;
            }
            SourceLocation first = seen.putIfAbsent(key, keyNode.at());
            if (first == null) {
                entries.add(new YamlNode.Entry(key, keyNode.at(), value));
            } else {
                String where = first.line() + ":" + first.column();
                problems.error(keyNode.at(), keyPath, "duplicate key '" + key + "', first given at " + where);
            }
        }
        return new YamlNode.Mapping(at, entries);
    }

    private YamlNode sequence(SourceLocation at, String path, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, path + "[" + items.size() + "]", depth + 1));
        }
        return new YamlNode.Sequence(at, items);
    }

    private Event next() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.Comment) {
            event = events.next();
        }
        return event;
    }

    private void refuseAnchor(boolean anchor, boolean tag, SourceLocation at, String path) {
        if (anchor) {
            problems.error(at, path, "anchors are not supported", IN_PLACE);
        }
        if (tag) {
            problems.error(at, path, "tags are not supported");
        }
    }

    private SourceLocation at(Event event) {
        return event.getStartMark().map(mark -> at(file, mark)).orElse(SourceLocation.startOf(file));
    }

    private static SourceLocation at(String file, Mark mark) {
        return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String hintFor(String text, SourceLocation at) {
        String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
        return line.stripTrailing().startsWith("\t") || line.indexOf('\t') >= 0 ? "indent with spaces, not tabs" : "";
    }

    private static String onOneLine(String sentence) {
        return sentence.replaceAll("\\s+", " ").strip();
    }

    /** Ends the reading of a document that nests too deep. */
    private static final class DepthExceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient SourceLocation at;

        DepthExceeded(SourceLocation at) {
            super(null, null, false, false);
            this.at = at;
        }
    }
}
