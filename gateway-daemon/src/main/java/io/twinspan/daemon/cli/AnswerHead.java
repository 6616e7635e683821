package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Status line and the few headers of an HTTP answer that matter here.
 *
 * @param status HTTP status code
 * @param state value of the Twinspan-State or the Twinspan-Drill header; empty for none
 * @param chunked true where the body comes in chunks (RFC 9112 section 7.1)
 * @param length of the body in octets where it is not chunked
 */
record AnswerHead(int status, String state, boolean chunked, int length) {
    private static final int MAX_LINE_BYTES = 8_192;
    private static final int MAX_HEADERS = 64;

    static AnswerHead read(InputStream in) throws IOException {
        String[] statusLine = line(in).split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.") || !statusLine[1].matches("[0-9]{3}")) {
            throw new IOException("this is no HTTP answer");
        }
        AnswerHead head = new AnswerHead(Integer.parseInt(statusLine[1]), "", false, 0);
        for (int i = 0; i < MAX_HEADERS; i++) {
            String header = line(in);
            if (header.isEmpty()) {
                return head;
            }
            head = head.with(header);
        }
        throw new IOException("more than " + MAX_HEADERS + " headers");
    }

    InputStream body(InputStream in) {
        return chunked ? new ChunkedBody(in) : new FixedBody(in, length);
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the answer ends early");
            }
            if (line.size() == MAX_LINE_BYTES) {
                throw new IOException("a line of the answer is too long");
            }
            line.write(octet);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    private AnswerHead with(String header) throws IOException {
        int colon = header.indexOf(':');
        if (colon < 0) {
            throw new IOException("a header without a colon");
        }
        String value = header.substring(colon + 1).strip();
        return switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "twinspan-state", "twinspan-drill" -> new AnswerHead(status, value, chunked, length);
            case "transfer-encoding" -> new AnswerHead(status, state, value.equalsIgnoreCase("chunked"), length);
            case "content-length" -> new AnswerHead(status, state, chunked, contentLength(value));
            default -> this;
        };
    }

    private static int contentLength(String value) throws IOException {
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > ApiClient.MAX_ANSWER_BYTES) {
            throw new IOException("the answer is too long");
        }
        return Integer.parseInt(value);
    }
}
