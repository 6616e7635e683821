package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.ScalarKind;
import io.twinspan.config.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decoders of plain values: text, numbers, choices and lists of them. */
final class Decoders {
    /** Longer lists are a mistake. */
    static final int MAX_LIST = 1_000;

    private static final int MAX_SHOWN = 40;

    private Decoders() {}

    /** Text that matches a pattern. */
    static ValueDecoder<String> text(Pattern pattern, String rule) {
        return (node, path, problems) -> scalar(node, ScalarKind.TEXT, "text", path, problems)
                .filter(text -> {
                    boolean fits = pattern.matcher(text).matches();
                    if (!fits) {
                        problems.error(node.at(), path, shown(text) + " does not fit", rule);
                    }
                    return fits;
                });
    }

    static ValueDecoder<Boolean> flag() {
        return (node, path, problems) -> scalar(node, ScalarKind.BOOLEAN, "true or false", path, problems)
                .map(text -> text.startsWith("t") || text.startsWith("T"));
    }

    /** A whole number without a unit. */
    static ValueDecoder<Integer> integer(int min, int max) {
        return (node, path, problems) -> {
            Optional<String> text = scalar(node, ScalarKind.INTEGER, numberInWords(min, max), path, problems);
            Optional<Integer> number = text.flatMap(Decoders::parseInt).filter(value -> value >= min && value <= max);
            if (text.isPresent() && number.isEmpty()) {
                problems.error(node.at(), path, shown(text.get()) + " is not " + numberInWords(min, max));
            }
            return number;
        };
    }

    private static String numberInWords(int min, int max) {
        return min == max ? Integer.toString(min) : "a number from " + min + " to " + max;
    }

    /** One of several words. */
    static <T> ValueDecoder<T> oneOf(Map<String, T> choices, Map<String, String> foreignWords) {
        List<String> words = List.copyOf(choices.keySet());
        return (node, path, problems) -> {
            Optional<String> text = scalar(node, ScalarKind.TEXT, Suggestion.listed(words), path, problems);
            Optional<T> choice = text.flatMap(word -> Optional.ofNullable(choices.get(word)));
            if (text.isPresent() && choice.isEmpty()) {
                String foreign = foreignWords.get(text.get().toLowerCase(Locale.ROOT));
                String hint = foreign != null ? "did you mean '" + foreign + "'?" : Suggestion.hint(text.get(), words);
                problems.error(node.at(), path, shown(text.get()) + " is not known here", hint);
            }
            return choice;
        };
    }

    /** {@code off}, which stands for a value, or what another decoder reads. */
    static <T> ValueDecoder<T> wordOr(String word, T meaning, ValueDecoder<T> other) {
        return (node, path, problems) -> node instanceof YamlNode.Scalar(var _, String text, var _) && text.equals(word)
                ? Optional.of(meaning)
                : other.decode(node, path, problems);
    }

    /** One of several numbers, as with Diffie-Hellman groups. */
    static <T> ValueDecoder<T> oneOfNumbers(Map<Integer, T> choices, Map<String, String> foreignWords) {
        List<String> words = choices.keySet().stream().map(String::valueOf).toList();
        return (node, path, problems) -> {
            if (node instanceof YamlNode.Scalar(var _, String word, ScalarKind kind) && kind == ScalarKind.TEXT) {
                String number = foreignWords.get(word.toLowerCase(Locale.ROOT));
                String hint =
                        number != null ? "did you mean " + number + "?" : "possible are " + Suggestion.listed(words);
                problems.error(node.at(), path, shown(word) + " is not a group number", hint);
                return Optional.empty();
            }
            Optional<String> text = scalar(node, ScalarKind.INTEGER, "a group number", path, problems);
            Optional<T> choice =
                    text.flatMap(Decoders::parseInt).flatMap(number -> Optional.ofNullable(choices.get(number)));
            if (text.isPresent() && choice.isEmpty()) {
                String hint = "possible are " + Suggestion.listed(words);
                problems.error(node.at(), path, "group " + shown(text.get()) + " is not supported here", hint);
            }
            return choice;
        };
    }

    /** A list; a single value stands for a list of one. Items that cannot be read are reported and left out. */
    static <T> ValueDecoder<List<Located<T>>> listOf(ValueDecoder<T> item, boolean mayBeEmpty) {
        return (node, path, problems) -> switch (node) {
            case YamlNode.Sequence sequence -> items(item, sequence, path, mayBeEmpty, problems);
            case YamlNode.Scalar scalar ->
                item.decode(scalar, path, problems).map(value -> List.of(new Located<>(value, scalar.at(), path)));
            case YamlNode.Mapping mapping -> {
                problems.error(mapping.at(), path, "is a mapping, wanted is a list");
                yield Optional.empty();
            }
        };
    }

    private static <T> Optional<List<Located<T>>> items(
            ValueDecoder<T> item, YamlNode.Sequence sequence, String path, boolean mayBeEmpty, ProblemSink problems) {
        if (sequence.items().isEmpty() && !mayBeEmpty) {
            problems.error(sequence.at(), path, "is an empty list");
            return Optional.empty();
        }
        if (sequence.items().size() > MAX_LIST) {
            problems.error(sequence.at(), path, "has more than " + MAX_LIST + " items");
            return Optional.empty();
        }
        int errorsBefore = problems.errorCount();
        List<Located<T>> values = new ArrayList<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            YamlNode node = sequence.items().get(index);
            String itemPath = path + "[" + index + "]";
            item.decode(node, itemPath, problems)
                    .ifPresent(value -> values.add(new Located<>(value, node.at(), itemPath)));
        }
        return problems.errorCount() > errorsBefore && values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** The scalar's text where it is of the wanted kind. */
    static Optional<String> scalar(
            YamlNode node, ScalarKind wanted, String wantedInWords, String path, ProblemSink problems) {
        if (node instanceof YamlNode.Scalar(var _, String text, ScalarKind kind) && kind == wanted) {
            return Optional.of(text);
        }
        String hint =
                wanted == ScalarKind.TEXT && node instanceof YamlNode.Scalar ? "put it in quotes if it is meant" : "";
        problems.error(node.at(), path, "is " + node.kindInWords() + ", wanted is " + wantedInWords, hint);
        return Optional.empty();
    }

    /** The user's text in quotes, cut where it is long and without control characters. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return "'" + (printable.length() > MAX_SHOWN ? printable.substring(0, MAX_SHOWN) + "..." : printable) + "'";
    }

    private static Optional<Integer> parseInt(String text) {
        try {
            return Optional.of(Integer.decode(text.startsWith("0o") ? "0" + text.substring(2) : stripZeros(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The core schema reads 010 as ten. */
    private static String stripZeros(String text) {
        return text.startsWith("0x") ? text : text.replaceFirst("^([-+]?)0+(?=[0-9])", "$1");
    }
}
