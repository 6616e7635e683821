package io.twinspan.daemon.loop;

/** A scheduled task that may be taken back before it runs. */
@FunctionalInterface
public interface Cancellable {
    /** Keeps the task from running if it has not started; harmless afterwards. */
    void cancel();
}
