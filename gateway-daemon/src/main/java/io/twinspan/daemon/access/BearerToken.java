package io.twinspan.daemon.access;

import io.twinspan.crypto.secret.EntropySource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as its owner holds it: {@code twinspan_NAME_SECRET}. The name finds the hash to compare with, so that one hash is
 * computed and not one for every token there is; the fixed beginning lets secret scanners know it.
 *
 * @param name which token; lower-case letters, digits and dashes
 * @param secret 256 random bits in URL-safe Base64
 */
public record BearerToken(String name, String secret) {
    /** What a name must look like. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** Before its name, wherever a token's name is shown. */
    static final String WORD = "token ";

    private static final int SECRET_OCTETS = 32;
    private static final Pattern FORM = Pattern.compile("twinspan_(" + NAME.pattern() + ")_([A-Za-z0-9_-]{43})");

    /** A new token. */
    public static BearerToken create(String name, EntropySource entropy) {
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(SECRET_OCTETS));
        return new BearerToken(name, secret);
    }

    /** The token that a text is; nothing for anything else. */
    public static Optional<BearerToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new BearerToken(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The whole token, to be shown once to its owner. */
    public String expose() {
        return "twinspan_" + name + "_" + secret;
    }

    /** A name for the token that may lie in a table and be compared in any time. */
    public String digest() {
        return Digests.of(expose());
    }

    @Override
    public String toString() {
        return WORD + name;
    }
}
