package io.twinspan.daemon.control;

import io.twinspan.config.source.Problem;
import io.twinspan.daemon.reload.ReloadPreview;
import java.util.List;

/** What came of a question or an order about the configuration. */
public sealed interface ConfigAnswer {
    /**
     * What would change.
     *
     * @param warnings of the file
     */
    record Compared(ReloadPreview preview, List<Problem> warnings) implements ConfigAnswer {
        public Compared {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It was done.
     *
     * @param message a sentence
     * @param confirmSeconds how long it waits for its confirmation; 0 where it needs none
     */
    record Done(String message, long confirmSeconds) implements ConfigAnswer {}

    /**
     * It was applied, and what was before is in force again.
     *
     * @param message why
     */
    record RolledBack(String message) implements ConfigAnswer {}

    /** The file has errors; nothing was changed. */
    record Invalid(List<Problem> problems) implements ConfigAnswer {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It makes no sense now.
     *
     * @param message what is in the way
     * @param hint what to do
     */
    record Refused(String message, String hint) implements ConfigAnswer {}
}
