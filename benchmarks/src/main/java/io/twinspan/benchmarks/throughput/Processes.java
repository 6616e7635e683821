package io.twinspan.benchmarks.throughput;

import java.util.concurrent.TimeUnit;

/** How processes of a measurement end: asked first, then made to. */
public final class Processes {
    private static final long END_SECONDS = 5;

    private Processes() {}

    /** Ends a process and waits for it. */
    public static void end(Process process) {
        process.destroy();
        if (!await(process)) {
            process.destroyForcibly();
            await(process);
        }
    }

    /** Closes what may refuse; the measurement goes on and the reason is told. */
    public static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            System.err.println("while taking a gateway down: " + e.getMessage());
        }
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
