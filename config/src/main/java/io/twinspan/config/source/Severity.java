package io.twinspan.config.source;

/** How bad a problem is: an error means that no configuration comes out, a warning leaves it usable. */
public enum Severity {
    ERROR("error"),
    WARNING("warn");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    /** The word in printed lists: {@code error} or {@code warn}. */
    public String label() {
        return label;
    }
}
