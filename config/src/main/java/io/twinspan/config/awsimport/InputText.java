package io.twinspan.config.awsimport;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The text of a downloaded file: UTF-8 or UTF-16, with or without a byte order mark (PowerShell writes the latter). */
final class InputText {
    private InputText() {}

    /** Text without byte order mark and surrounding blanks; octets that are no text become replacement characters. */
    static String of(byte[] octets) {
        String text = new String(octets, charset(octets));
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    }

    private static Charset charset(byte[] octets) {
        if (octets.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return (first == 0xff && second == 0xfe) || (first != 0 && second == 0)
                ? StandardCharsets.UTF_16LE
                : StandardCharsets.UTF_8;
    }
}
