package io.twinspan.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Messages to the service manager, sd_notify(3). */
final class NotifyMessage {
    private static final int MAX_STATUS_CHARS = 200;
    private static final int MAX_NAME_CHARS = 255;
    private static final String MALFORMED_NAME = "[^ -9;-~]";

    private NotifyMessage() {}

    /** The daemon serves. */
    static byte[] ready(String status) {
        return message("READY=1", statusLine(status));
    }

    /** What {@code systemctl status} shows. */
    static byte[] status(String text) {
        return message(statusLine(text));
    }

    /** The daemon lives. */
    static byte[] watchdog() {
        return message("WATCHDOG=1");
    }

    /** The daemon reads its configuration again; {@link #ready} ends it. */
    static byte[] reloading(long monotonicMicros) {
        return message("RELOADING=1", "MONOTONIC_USEC=" + monotonicMicros);
    }

    /** The daemon is about to end. */
    static byte[] stopping(String status) {
        return message("STOPPING=1", statusLine(status));
    }

    /**
     * Keep the descriptor that comes with this message. Not to be polled: an ICMP error sets EPOLLERR on a socket, upon which
     * systemd would throw it away.
     */
    static byte[] store(String name) {
        return message("FDSTORE=1", "FDNAME=" + checked(name), "FDPOLL=0");
    }

    /** Close what was stored under this name. */
    static byte[] remove(String name) {
        return message("FDSTOREREMOVE=1", "FDNAME=" + checked(name));
    }

    private static String checked(String name) {
        if (name.isEmpty()
                || name.length() > MAX_NAME_CHARS
                || !name.replaceAll(MALFORMED_NAME, "").equals(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot name a stored descriptor");
        }
        return name;
    }

    private static String statusLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return "STATUS=" + (line.length() > MAX_STATUS_CHARS ? line.substring(0, MAX_STATUS_CHARS) : line);
    }

    private static byte[] message(String... lines) {
        return String.join("\n", lines).getBytes(UTF_8);
    }
}
