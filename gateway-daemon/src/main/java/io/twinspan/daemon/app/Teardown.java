package io.twinspan.daemon.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be undone, last first. One failing step does not keep the others from running. */
final class Teardown {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Remembers how to undo what was just done. */
    void add(String name, AutoCloseable undo) {
        steps.push(new Step(name, undo));
    }

    /** Undoes everything; the second call does nothing. */
    void run() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.undo().close();
            } catch (Exception e) {
                LOG.error("Shutting down: {} failed.", step.name(), e);
            }
        }
    }

    private record Step(String name, AutoCloseable undo) {}
}
