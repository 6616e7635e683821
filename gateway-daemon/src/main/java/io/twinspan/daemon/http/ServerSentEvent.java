package io.twinspan.daemon.http;

/** Events as WHATWG HTML section 9.2 frames them. The data is one line: JSON never holds a bare line break. */
final class ServerSentEvent {
    /** Says that the stream lives, to whoever sits between; readers ignore it. */
    static final String HEARTBEAT = ": alive\n\n";

    private ServerSentEvent() {}

    static String of(String type, String json) {
        return "event: " + type + "\ndata: " + json.strip() + "\n\n";
    }

    /** One that a reader names when it comes back. */
    static String of(long id, String type, String json) {
        return "id: " + id + "\n" + of(type, json);
    }
}
