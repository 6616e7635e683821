package io.twinspan.daemon.http;

import java.util.Map;

/**
 * Where the answer to one request goes: either one {@link #answer}, or {@link #begin}, any number of {@link #send} and
 * {@link #end}. From any thread; the calls of one thread keep their order, and what is sent before {@link #begin} waits for it.
 */
public interface ApiStream {
    /** The whole answer. */
    void answer(ApiResponse response);

    /** Something went wrong that is nobody's fault but ours: answered with 500, and logged. */
    void fail(Throwable bug);

    /** Begins an answer whose length nobody knows yet. */
    void begin(String contentType, Map<String, String> headers);

    /** A further piece. A client that lets too much pile up loses the connection. */
    void send(String piece);

    /** Ends what {@link #begin} began, and the connection. */
    void end();

    /** What to do when the connection ends, by either side; runs at once where it has ended already. On the admin loop. */
    void onEnd(Runnable action);
}
