package io.twinspan.daemon.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What is kept of a token: PBKDF2 (RFC 8018 section 5.2) with HMAC-SHA-256, a salt of its own and many rounds. Immutable. */
public final class TokenHash {
    /** Octets of salt, RFC 8018 section 4.1. */
    public static final int SALT_OCTETS = 16;

    /** Rounds for new hashes: some 50 ms. The secret has 256 random bits already; this is for a file that was stolen. */
    static final int ROUNDS = 120_000;

    /** More would let one line of the file stop the daemon's logins. */
    private static final int MAX_ROUNDS = 2_000_000;

    private static final int HASH_BITS = 256;
    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha256:([0-9]{4,7}):([A-Za-z0-9_-]{22}):([A-Za-z0-9_-]{43})");

    private final int rounds;
    private final byte[] salt;
    private final byte[] hash;

    private TokenHash(int rounds, byte[] salt, byte[] hash) {
        this.rounds = rounds;
        this.salt = salt;
        this.hash = hash;
    }

    /** The hash of a token's secret; takes as long as {@link #matches}. */
    public static TokenHash of(BearerToken token, byte[] salt) {
        return of(token, salt, ROUNDS);
    }

    static TokenHash of(BearerToken token, byte[] salt, int rounds) {
        return new TokenHash(rounds, salt.clone(), derive(token.secret(), salt, rounds));
    }

    /** Reads what {@link #text} writes. */
    public static Optional<TokenHash> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > MAX_ROUNDS) {
            return Optional.empty();
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        try {
            return Optional.of(new TokenHash(
                    Integer.parseInt(matcher.group(1)),
                    decoder.decode(matcher.group(2)),
                    decoder.decode(matcher.group(3))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** True for the token it was made of. Takes tens of milliseconds by design: never on a loop. */
    public boolean matches(BearerToken token) {
        return MessageDigest.isEqual(hash, derive(token.secret(), salt, rounds));
    }

    /** The hash as a word of a line: {@code pbkdf2-sha256:ROUNDS:SALT:HASH}. */
    public String text() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "pbkdf2-sha256:" + rounds + ":" + encoder.encodeToString(salt) + ":" + encoder.encodeToString(hash);
    }

    @Override
    public String toString() {
        return "hash of a token";
    }

    private static byte[] derive(String secret, byte[] salt, int rounds) {
        PBEKeySpec key = new PBEKeySpec(secret.toCharArray(), salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA-256", e);
        } finally {
            key.clearPassword();
        }
    }
}
