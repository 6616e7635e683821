package io.twinspan.config.yaml;

import java.util.regex.Pattern;

/** What a scalar is by the YAML 1.2 core schema. Quoted scalars are always text. */
public enum ScalarKind {
    NULL("nothing", "|~|null|Null|NULL"),
    BOOLEAN("true or false", "true|True|TRUE|false|False|FALSE"),
    INTEGER("a number", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    FLOAT(
            "a decimal number",
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"),
    TEXT("text", ".*");

    private final String inWords;
    private final Pattern pattern;

    ScalarKind(String inWords, String pattern) {
        this.inWords = inWords;
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    /** In words for people. */
    public String inWords() {
        return inWords;
    }

    static ScalarKind ofPlain(String text) {
        for (ScalarKind kind : values()) {
            if (kind.pattern.matcher(text).matches()) {
                return kind;
            }
        }
        return TEXT;
    }
}
