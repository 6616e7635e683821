package io.twinspan.daemon.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What displays say of the configuration's changes.
 *
 * @param state where a change stands: idle, applying, awaiting-confirmation or rolling-back
 * @param confirmBy when the change is rolled back unless it is confirmed; null where none waits
 * @param lastAt when the last change was tried or the daemon started
 * @param lastSuccessful false where it was refused or rolled back
 * @param lastMessage what came of it
 */
public record ReloadFacts(
        String state, @Nullable Instant confirmBy, Instant lastAt, boolean lastSuccessful, String lastMessage) {
    /** The daemon started with a configuration and runs it. */
    public static ReloadFacts started(Instant at) {
        return new ReloadFacts("idle", null, at, true, "loaded at the start");
    }
}
