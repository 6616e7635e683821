package io.twinspan.daemon.app;

import org.jspecify.annotations.Nullable;

/**
 * How a run ends, by the signals that come. In the foreground either signal ends it cleanly and a second one at once. Under
 * systemd a restart looks like a stop to the process, so the two differ: SIGTERM hands over to the next start, and SIGINT, which
 * the unit's ExecStop= sends where the service is really to stop, ends it cleanly; the SIGTERM that follows changes nothing.
 * Any thread.
 */
final class EndOfRun {
    private static final int EXIT_BY_SECOND_SIGNAL = 130;

    /** The two ways. */
    enum Ending {
        /** DELETE to the peers, routes removed. */
        CLEAN,
        /** Everything stays for a successor. */
        HAND_OVER
    }

    private final boolean managed;
    private final Runnable atOnce;
    private @Nullable Ending ending;

    /** @param managed true where systemd will start a successor */
    EndOfRun(boolean managed) {
        this(managed, () -> Runtime.getRuntime().halt(EXIT_BY_SECOND_SIGNAL));
    }

    /** @param atOnce ends the process without more ado */
    EndOfRun(boolean managed, Runnable atOnce) {
        this.managed = managed;
        this.atOnce = atOnce;
    }

    /** SIGTERM. */
    synchronized void terminated() {
        if (!managed) {
            interrupted();
        } else if (ending == null) {
            ending = Ending.HAND_OVER;
            notifyAll();
        }
    }

    /** SIGINT. */
    synchronized void interrupted() {
        if (ending != null) {
            atOnce.run();
        } else {
            ending = Ending.CLEAN;
            notifyAll();
        }
    }

    /** Waits for the first signal. */
    synchronized Ending await() throws InterruptedException {
        while (ending == null) {
            wait();
        }
        return ending;
    }
}
