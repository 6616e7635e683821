package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file of the dashboard.
 *
 * @param contentType with its character set
 * @param text the file
 * @param tag names this very text (RFC 9110 section 8.8.3)
 */
record Asset(String contentType, String text, String tag) {
    /**
     * What a page of ours may do, whatever somebody smuggles into it: load from us, send to us, and be framed by nobody. No
     * script and no style but from files.
     */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            // Kept, but asked about each time: after an upgrade nobody runs the old page.
            "Cache-Control",
            "no-cache");

    private static final int TAG_BYTES = 12;

    /** A file on the class path. */
    static Asset load(String resource) {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            String text = new String(in.readAllBytes(), UTF_8);
            return new Asset(typeOf(resource), text, tagOf(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, or that the browser has it already (RFC 9110 section 13.1.2). */
    ApiResponse answer(ApiRequest request) {
        boolean known = request.header("if-none-match").equals(tag);
        return new ApiResponse(known ? 304 : 200, contentType, known ? "" : text, "", headers());
    }

    private Map<String, String> headers() {
        Map<String, String> all = new java.util.HashMap<>(HEADERS);
        all.put("ETag", tag);
        return all;
    }

    private static String typeOf(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml; charset=utf-8";
            default -> throw new IllegalStateException("no type for " + resource);
        };
    }

    private static String tagOf(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
