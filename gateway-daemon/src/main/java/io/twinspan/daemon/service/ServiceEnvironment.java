package io.twinspan.daemon.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What systemd says in the environment of a service, sd_notify(3), sd_watchdog_enabled(3), sd_listen_fds(3). What is
 * malformed or meant for another process counts as not said.
 *
 * @param notifySocket where to report to; empty where nobody wants to hear
 * @param keeps whether descriptors outlive this process, for a successor
 * @param watchdogMicros how long the daemon may be silent before it is killed; 0 for ever
 * @param passed descriptors that came with the start
 * @param journalStream device and inode of the stream that leads to the journal, {@code device:inode}; empty for none
 */
public record ServiceEnvironment(
        String notifySocket, boolean keeps, long watchdogMicros, List<Passed> passed, String journalStream) {
    /** Set to 1 by our unit: it has a descriptor store, and a restart after SIGTERM. */
    static final String HAND_OVER = "TWINSPAN_HAND_OVER";

    /** The number of the first descriptor, sd_listen_fds(3). */
    private static final int FIRST_DESCRIPTOR = 3;

    private static final int MAX_DESCRIPTORS = 4_096;
    private static final int MAX_DIGITS = 15;

    public ServiceEnvironment {
        passed = List.copyOf(passed);
    }

    /**
     * A descriptor that this process was started with.
     *
     * @param name what it was called when it was stored
     * @param fd its number
     */
    public record Passed(String name, int fd) {}

    /**
     * Reads the environment of the process with this id.
     *
     * @param environment names and values
     */
    public static ServiceEnvironment of(Map<String, String> environment, long processId) {
        String watchdogFor = environment.getOrDefault("WATCHDOG_PID", "");
        boolean watched = watchdogFor.isEmpty() || number(watchdogFor) == processId;
        return new ServiceEnvironment(
                environment.getOrDefault("NOTIFY_SOCKET", ""),
                // systemd before 254 does not say whether it has a store.
                environment.getOrDefault(HAND_OVER, "").equals("1")
                        || number(environment.getOrDefault("FDSTORE", "")) > 0,
                watched ? number(environment.getOrDefault("WATCHDOG_USEC", "")) : 0,
                number(environment.getOrDefault("LISTEN_PID", "")) == processId ? passed(environment) : List.of(),
                environment.getOrDefault("JOURNAL_STREAM", ""));
    }

    private static List<Passed> passed(Map<String, String> environment) {
        long count = Math.min(number(environment.getOrDefault("LISTEN_FDS", "")), MAX_DESCRIPTORS);
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        List<Passed> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(new Passed(i < names.length ? names[i] : "", FIRST_DESCRIPTOR + i));
        }
        return result;
    }

    private static long number(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : 0;
    }

    /** True where a service manager wants to hear of this process. */
    public boolean notifies() {
        return !notifySocket.isEmpty();
    }

    /** True where descriptors can be kept for a successor; other supervisors that are notified have no store. */
    public boolean handsOver() {
        return notifies() && keeps;
    }
}
