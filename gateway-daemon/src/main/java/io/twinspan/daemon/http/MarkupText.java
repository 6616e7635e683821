package io.twinspan.daemon.http;

/** Text inside XML and HTML, in elements and in attributes with double quotes. */
final class MarkupText {
    private static final char FIRST_PRINTABLE = 0x20;

    private MarkupText() {}

    /** The text with everything escaped that has a meaning there; what XML 1.0 cannot hold is a question mark. */
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(isAllowed(c) ? c : '?');
            }
        }
        return out.toString();
    }

    private static boolean isAllowed(char c) {
        return c >= FIRST_PRINTABLE && !Character.isSurrogate(c) && c != '\ufffe' && c != '\uffff';
    }
}
