package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Speaks HTTP/1.1 with the daemon over its Unix socket: one request for each connection. */
public final class ApiClient {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final int MAX_ANSWER_BYTES = 16 << 20;

    private final Path socket;
    private final Duration timeout;
    /** True where the user has said how long. */
    private final boolean fixed;

    private final Consumer<String> talk;
    private final String body;

    /** A client of the daemon behind a socket. */
    public ApiClient(Path socket) {
        this(socket, TIMEOUT, false, _ -> {}, "");
    }

    private ApiClient(Path socket, Duration timeout, boolean fixed, Consumer<String> talk, String body) {
        this.socket = socket;
        this.timeout = timeout;
        this.fixed = fixed;
        this.talk = talk;
        this.body = body;
    }

    /** The same client with more time for an answer, unless the user has said how long. */
    ApiClient patient(Duration longer) {
        return fixed ? this : new ApiClient(socket, longer, false, talk, body);
    }

    /** The same client with as much time as the user gives. */
    ApiClient within(Duration time) {
        return new ApiClient(socket, time, true, talk, body);
    }

    /** The same client, which sends a text with its request. */
    ApiClient sending(String text) {
        return new ApiClient(socket, timeout, fixed, talk, text);
    }

    /** The same client, which says what it asks. */
    ApiClient telling(Consumer<String> listener) {
        return new ApiClient(socket, timeout, fixed, listener, body);
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @throws CommandFailure where no daemon answers or the socket may not be used
     */
    public ApiAnswer exchange(String method, String target, boolean asText) {
        long startedNanos = System.nanoTime();
        try (SocketChannel channel = connect();
                Timer _ = new Timer(channel, timeout)) {
            send(channel, method, target, asText);
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            AnswerHead head = AnswerHead.read(in);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            head.body(in).transferTo(body);
            talk.accept(method + " " + target + " at " + socket + ": " + head.status() + ", " + body.size()
                    + " octets in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos) + " ms");
            return new ApiAnswer(head.status(), head.state(), body.toString(UTF_8));
        } catch (AsynchronousCloseException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the daemon at " + socket + " did not answer within " + TimeConverter.written(timeout),
                    "its log may say why; --timeout gives it longer");
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Sends a request and hands over each line of the answer as it comes, until the daemon ends it.
     *
     * @throws CommandFailure where no daemon answers, the socket may not be used, or the connection breaks
     */
    public void stream(String target, boolean asText, Consumer<String> lines) {
        var _ = stream("GET", target, asText, lines);
    }

    /**
     * As {@link #stream(String, boolean, Consumer)} with any method.
     *
     * @return what the answer's head says beside its status: the id of a drill
     */
    String stream(String method, String target, boolean asText, Consumer<String> lines) {
        return stream(method, target, asText, () -> {}, lines);
    }

    /**
     * The same.
     *
     * @param begun runs when the daemon has agreed, before the first line
     */
    String stream(String method, String target, boolean asText, Runnable begun, Consumer<String> lines) {
        talk.accept(method + " " + target + " at " + socket + ", as a stream");
        try (SocketChannel channel = connect()) {
            send(channel, method, target, asText);
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            AnswerHead head = AnswerHead.read(in);
            if (head.status() != 200) {
                throw new ApiAnswer(
                                head.status(),
                                head.state(),
                                new String(head.body(in).readAllBytes(), UTF_8))
                        .failure();
            }
            begun.run();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            InputStream body = head.body(in);
            for (int octet = body.read(); octet >= 0; octet = body.read()) {
                line.write(octet);
                if (octet == '\n') {
                    lines.accept(line.toString(UTF_8));
                    line.reset();
                }
            }
            return head.state();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private SocketChannel connect() throws IOException {
        if (!Files.exists(socket) && !Files.notExists(socket)) {
            throw notPermitted("you may not look into " + socket.getParent());
        }
        if (!Files.exists(socket)) {
            throw unreachable("no daemon listens on " + socket + ": there is no such socket");
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw Files.isWritable(socket)
                    ? unreachable("no daemon listens on " + socket)
                    : notPermitted("you may not use " + socket);
        }
    }

    private void send(SocketChannel channel, String method, String target, boolean asText) throws IOException {
        String request = method + " " + target + " HTTP/1.1\r\nHost: twinspan\r\nConnection: close\r\nAccept: "
                + (asText ? "text/plain" : "application/json") + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
        ByteBuffer octets = ByteBuffer.wrap(request.getBytes(UTF_8));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    private CommandFailure broken(IOException e) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "the connection to the daemon at " + socket + " broke: " + e.getMessage(),
                "try again; the daemon may have been stopped");
    }

    private static CommandFailure unreachable(String message) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                message,
                "start one with 'twinspan run --config FILE', or name its socket with --socket PATH");
    }

    private static CommandFailure notPermitted(String message) {
        return new CommandFailure(
                ExitCode.NOT_PERMITTED, message, "be root, the daemon's user, or a member of the socket's group");
    }

    /** Closes a channel when its time is over; a thread of its own, because a read of a socket knows no time. */
    private record Timer(Thread thread) implements AutoCloseable {
        Timer(SocketChannel channel, Duration time) {
            this(Thread.ofPlatform().daemon().start(() -> {
                try {
                    Thread.sleep(time);
                    channel.close();
                } catch (InterruptedException | IOException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
