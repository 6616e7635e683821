package io.twinspan.daemon.drill;

import java.util.Arrays;
import java.util.Optional;

/** Forms in which a report exists. */
public enum DrillForm {
    /** One page that needs nothing else. */
    HTML("html", "html"),
    /** For programs. */
    JSON("json", "json"),
    /** For build servers. */
    JUNIT("junit", "junit.xml"),
    /** For terminals. */
    TEXT("text", "txt");

    private final String label;
    private final String suffix;

    DrillForm(String label, String suffix) {
        this.label = label;
        this.suffix = suffix;
    }

    /** Its name on the command line and in queries. */
    public String label() {
        return label;
    }

    /** How its files end, without the dot. */
    public String suffix() {
        return suffix;
    }

    /** The form of this name; empty where there is none. */
    public static Optional<DrillForm> of(String label) {
        return Arrays.stream(values()).filter(form -> form.label.equals(label)).findFirst();
    }
}
