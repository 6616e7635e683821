package io.twinspan.daemon.cli;

/** When standard output carries colours. */
enum Colors {
    /** On a terminal that knows them, and never with NO_COLOR (no-color.org). */
    auto,
    /** Also into files and pipes. */
    always,
    /** Not even on a terminal. */
    never;

    boolean wanted() {
        return switch (this) {
            case always -> true;
            case never -> false;
            case auto -> !isOff(System.getenv("NO_COLOR")) && !Terminal.isDumb() && Terminal.isOutput();
        };
    }

    private static boolean isOff(@org.jspecify.annotations.Nullable String noColor) {
        return noColor != null && !noColor.isEmpty();
    }
}
