package io.twinspan.daemon.control;

import io.twinspan.config.model.GatewayConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Changing the configuration of the gateway while it runs. Callable from any thread; the futures complete on the control loop
 * or on the gateway's keeper thread.
 */
public interface ConfigApi {
    /**
     * What is wanted of an apply.
     *
     * @param by who asks, for the journal
     * @param confirm time for the confirmation once it is applied; zero where none is wanted
     * @param patience how long what was up and is interrupted may take to come back
     */
    record Order(String by, Duration confirm, Duration patience) {
        /** How long most things may take to come back. */
        public static final Duration PATIENCE = Duration.ofSeconds(30);

        /** Without a confirmation, with the usual patience. */
        public static Order of(String by) {
            return new Order(by, Duration.ZERO, PATIENCE);
        }
    }

    /** What runs. */
    CompletableFuture<GatewayConfig> running();

    /**
     * What lies between what runs and the daemon's own file as it stands now.
     *
     * @return {@link ConfigAnswer.Compared}, {@link ConfigAnswer.Invalid} or {@link ConfigAnswer.Refused}
     */
    CompletableFuture<ConfigAnswer> diff();

    /**
     * What lies between what runs and a draft.
     *
     * @param name stands in the places of problems
     * @param text of the draft; files with keys are looked for beside the daemon's own file
     */
    CompletableFuture<ConfigAnswer> diff(String name, String text);

    /**
     * Goes to the daemon's own file as it stands now, and back where something that was up does not return, or where nobody
     * confirms it.
     *
     * @return when it is applied, rolled back or refused
     */
    CompletableFuture<ConfigAnswer> apply(Order order);

    /** Keeps a change that waits for its confirmation. */
    CompletableFuture<ConfigAnswer> confirm(String by);

    /** Undoes a change that waits for its confirmation; else goes back to the configuration confirmed before the last. */
    CompletableFuture<ConfigAnswer> rollback(String by);
}
