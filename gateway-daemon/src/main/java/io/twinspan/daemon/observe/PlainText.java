package io.twinspan.daemon.observe;

/**
 * Makes any text safe to show: no control characters, no terminal sequences, no direction overrides, bounded length. Texts
 * that a peer influenced pass through here a second time even where the core has escaped them.
 */
public final class PlainText {
    /** Longest text shown, in characters. */
    public static final int MAX_CHARS = 1_024;

    private PlainText() {}

    /** The text with everything but letters, digits, punctuation and spaces shown as {@code \}{@code uXXXX}. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 16);
        for (int i = 0; i < text.length() && out.length() < MAX_CHARS; i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else {
                out.append("\\u");
                String hex = Integer.toHexString(c);
                out.repeat("0", 4 - hex.length()).append(hex);
            }
        }
        return out.length() < MAX_CHARS ? out.toString() : out.append("...").toString();
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
