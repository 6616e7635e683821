package io.twinspan.daemon.cli;

/**
 * The daemon's JSON as YAML 1.2 in block style. Every JSON scalar is a YAML scalar as it stands but for surrogate pairs, so
 * this walks over tokens and needs no parser; it trusts that the text is JSON.
 */
final class YamlText {
    private static final int INDENT = 2;

    private final String json;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private YamlText(String json) {
        this.json = json;
    }

    /** The same value. */
    static String of(String json) {
        YamlText text = new YamlText(json);
        text.value(0, false);
        return text.out.toString();
    }

    /**
     * Writes a value and the end of its last line.
     *
     * @param inList true right after the dash of a list, where the first member stays on the line
     */
    private void value(int depth, boolean inList) {
        skipSpace();
        switch (json.charAt(at)) {
            case '{' -> object(depth, inList);
            case '[' -> array(depth);
            default -> {
                scalar();
                out.append('\n');
            }
        }
    }

    private void object(int depth, boolean inList) {
        at++;
        skipSpace();
        if (json.charAt(at) == '}') {
            at++;
            out.append("{}\n");
            return;
        }
        boolean first = true;
        if (depth > 0 && !inList) {
            out.append('\n');
        }
        do {
            indent(first && inList ? 0 : depth);
            first = false;
            key();
            member(depth);
        } while (another());
    }

    private void array(int depth) {
        at++;
        skipSpace();
        if (json.charAt(at) == ']') {
            at++;
            out.append("[]\n");
            return;
        }
        if (depth > 0) {
            out.append('\n');
        }
        do {
            indent(depth);
            out.append("- ");
            value(depth + 1, true);
        } while (another());
    }

    private void member(int depth) {
        skipSpace();
        out.append(':');
        at++;
        skipSpace();
        boolean nested = (json.charAt(at) == '{' || json.charAt(at) == '[') && !isEmptyNext();
        if (!nested) {
            out.append(' ');
        }
        value(depth + 1, false);
    }

    private boolean isEmptyNext() {
        int next = at + 1;
        while (Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        return json.charAt(next) == '}' || json.charAt(next) == ']';
    }

    /** Steps over a comma or over the closing bracket. */
    private boolean another() {
        skipSpace();
        return json.charAt(at++) == ',';
    }

    /** A name without quotes where YAML could not take it for anything else. */
    private void key() {
        skipSpace();
        int end = json.indexOf('"', at + 1);
        String name = json.substring(at + 1, end);
        if (isPlain(name)) {
            out.append(name);
            at = end + 1;
        } else {
            scalar();
        }
    }

    private static boolean isPlain(String name) {
        boolean plain = !name.isEmpty() && isLetter(name.charAt(0));
        for (int i = 0; i < name.length() && plain; i++) {
            char c = name.charAt(i);
            plain = isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
        return plain && !isWord(name);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** What YAML 1.1 readers take for a truth value or nothing. */
    private static boolean isWord(String name) {
        return switch (name) {
            case "true", "false", "null", "yes", "no", "on", "off", "y", "n", "Y", "N" -> true;
            default -> false;
        };
    }

    private void scalar() {
        skipSpace();
        if (json.charAt(at) != '"') {
            while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
                out.append(json.charAt(at++));
            }
            return;
        }
        out.append(json.charAt(at++));
        while (json.charAt(at) != '"') {
            character();
        }
        out.append(json.charAt(at++));
    }

    /** YAML 1.2 section 5.7 knows JSON's escapes, but writes what is beyond 16 bits as one number. */
    private void character() {
        if (json.charAt(at) != '\\') {
            out.append(json.charAt(at++));
            return;
        }
        if (json.charAt(at + 1) == 'u' && isHighSurrogate(at)) {
            char high = (char) Integer.parseInt(json, at + 2, at + 6, 16);
            char low = (char) Integer.parseInt(json, at + 8, at + 12, 16);
            String hex = Integer.toHexString(Character.toCodePoint(high, low));
            out.append("\\U").repeat("0", 8 - hex.length()).append(hex);
            at += 12;
            return;
        }
        out.append(json, at, at + 2);
        at += 2;
    }

    private boolean isHighSurrogate(int start) {
        return Character.isHighSurrogate((char) Integer.parseInt(json, start + 2, start + 6, 16))
                && json.startsWith("\\u", start + 6);
    }

    private void indent(int depth) {
        out.repeat(" ", depth * INDENT);
    }

    private void skipSpace() {
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
    }
}
