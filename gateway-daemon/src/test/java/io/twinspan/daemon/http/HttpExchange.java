package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request, octet by octet as the test wants it, and its answer. */
record HttpExchange(int status, String head, String body) {
    /** Sends a request over TCP; the answer is whatever comes until the server ends the connection. */
    static HttpExchange over(InetSocketAddress address, String request) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return over(socket, request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static HttpExchange over(Socket socket, String request) throws IOException {
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return read(socket.getInputStream());
    }

    static HttpExchange over(Path unix, String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(unix));
            channel.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            return read(Channels.newInputStream(channel));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpExchange read(InputStream in) throws IOException {
        String answer = new String(in.readAllBytes(), ISO_8859_1);
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return new HttpExchange(0, answer, "");
        }
        return new HttpExchange(
                Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, end), answer.substring(end + 4));
    }

    /** The body, put together where it came in chunks (RFC 9112 section 7.1). */
    String text() {
        if (header("Transfer-Encoding").isEmpty()) {
            return body;
        }
        StringBuilder whole = new StringBuilder();
        for (int at = 0; at < body.length(); ) {
            int end = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, end), 16);
            whole.append(body, end + 2, end + 2 + size);
            at = size == 0 ? body.length() : end + 2 + size + 2;
        }
        return whole.toString();
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }
}
