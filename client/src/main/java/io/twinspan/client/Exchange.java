package io.twinspan.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Predicate;

/** One request and its answer (RFC 9112), as far as the gateway speaks it: one for each connection. */
final class Exchange implements AutoCloseable {
    private static final int MAX_LINE = 8_192;

    private final Transport.Link link;
    private final InputStream in;
    private int status;
    private boolean chunked;

    private Exchange(Transport.Link link) {
        this.link = link;
        this.in = new BufferedInputStream(link.in());
    }

    /** Sends a request and reads the head of its answer; {@code patient} as in {@link Transport#connect}. */
    static Exchange begin(Transport transport, String token, boolean patient, String method, String target)
            throws IOException {
        Exchange exchange = new Exchange(transport.connect(patient));
        try {
            exchange.send(transport, token, method, target);
            exchange.readHead();
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
        return exchange;
    }

    int status() {
        return status;
    }

    /** All of the body. */
    String body() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (chunked) {
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                body.writeBytes(chunk);
            }
        } else {
            in.transferTo(body);
        }
        return body.toString(UTF_8);
    }

    /** Each line of the body, until it ends or nobody wants more. */
    void lines(Predicate<String> wantsMore) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            for (byte octet : chunk) {
                if (octet != '\n') {
                    line.write(octet);
                    continue;
                }
                if (!wantsMore.test(line.toString(UTF_8))) {
                    return;
                }
                line.reset();
            }
        }
    }

    private void send(Transport transport, String token, String method, String target) throws IOException {
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        link.out()
                .write((method + " " + target + " HTTP/1.1\r\nHost: " + transport.host() + "\r\n" + authorization
                                + "Accept: application/json\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(ISO_8859_1));
        link.out().flush();
    }

    private void readHead() throws IOException {
        String[] words = line().split(" ", 3);
        if (words.length < 2 || !words[0].equals("HTTP/1.1") || !words[1].matches("[0-9]{3}")) {
            throw new IOException("the answer is no HTTP: is this a gateway?");
        }
        status = Integer.parseInt(words[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            chunked |= header.toLowerCase(Locale.ROOT).matches("transfer-encoding:\\s*chunked\\s*");
        }
    }

    /** A chunk (RFC 9112 section 7.1); empty for the last one. */
    private byte[] chunk() throws IOException {
        String size = line();
        if (!size.matches("[0-9a-fA-F]{1,7}")) {
            throw new IOException("the answer's chunks are damaged");
        }
        byte[] chunk = in.readNBytes(Integer.parseInt(size, 16));
        if (chunk.length < Integer.parseInt(size, 16)) {
            throw new EOFException("the answer ends early");
        }
        var _ = line();
        return chunk;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.length() > MAX_LINE) {
                throw new EOFException("the answer ends early");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        link.end().close();
    }
}
