package io.twinspan.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that asks no daemon, and still takes {@code --socket}, so that a script may pass it to all of them alike. */
abstract class OfflineCommand implements Callable<Integer> {
    @Option(names = "--socket", paramLabel = "PATH", description = "Accepted as everywhere; no daemon is asked here.")
    final void socket(String path) {
        // Nothing to connect to.
    }
}
