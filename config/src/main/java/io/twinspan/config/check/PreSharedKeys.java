package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.crypto.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads every tunnel's pre-shared key and holds it against AWS's rules. What a key says never appears anywhere. */
public final class PreSharedKeys {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 64;
    private static final byte[] REDACTED = "REDACTED".getBytes(StandardCharsets.US_ASCII);

    private static final int MAX_NOTORIOUS_LENGTH = 16;

    private static final Set<String> NOTORIOUS = Set.of(
            "password", "passwort", "passwd", "secret", "changeme", "qwerty", "letmein", "admin", "test", "default");

    /** Fewer different characters than this are guessed from one captured exchange. */
    private static final int MIN_DISTINCT = 4;

    /** Below this estimate a dictionary or a farm finds the key from one captured exchange with an active attacker. */
    private static final int ADVISED_BITS = 80;

    private PreSharedKeys() {}

    /** The keys by {@link TunnelView#label}, of those tunnels whose key is fit for use. */
    public static Map<String, SecretBytes> read(List<TunnelView> tunnels, SecretSource source, ProblemSink problems) {
        Map<String, SecretBytes> keys = new LinkedHashMap<>();
        for (TunnelView tunnel : tunnels) {
            tunnel.tunnel()
                    .find(ConfigKeys.PSK_FILE)
                    .flatMap(file -> read(tunnel, file, source, problems))
                    .ifPresent(key -> keys.put(tunnel.label(), key));
        }
        return keys;
    }

    private static Optional<SecretBytes> read(
            TunnelView tunnel, Located<String> file, SecretSource source, ProblemSink problems) {
        String what = "key of tunnel " + tunnel.label() + ": file '" + file.value() + "' ";
        return switch (source.read(file.value())) {
            case SecretSource.Answer.Refused(String reason, String hint) -> {
                problems.error(file.at(), file.path(), what + reason, hint);
                yield Optional.empty();
            }
            case SecretSource.Answer.Found(SecretBytes octets, String exposure) -> {
                if (!exposure.isEmpty()) {
                    problems.warn(file.at(), file.path(), what + exposure, "mode 600 is enough for us");
                }
                yield accept(octets, what, file, problems);
            }
        };
    }

    private static Optional<SecretBytes> accept(
            SecretBytes octets, String what, Located<String> file, ProblemSink problems) {
        byte[] all = octets.expose();
        int length = withoutLineEnd(all);
        byte[] key = Arrays.copyOf(all, length);
        try {
            Optional<String> refusal = refusal(key);
            refusal.ifPresent(reason -> problems.error(file.at(), file.path(), what + reason));
            if (refusal.isPresent()) {
                return Optional.empty();
            }
            if (estimatedBits(key) < ADVISED_BITS) {
                problems.warn(
                        file.at(),
                        file.path(),
                        what + "holds a short or regular key that can be guessed offline",
                        "use 32 random characters, as AWS generates them");
            }
            return Optional.of(SecretBytes.copyOf(key));
        } finally {
            octets.destroy();
            Arrays.fill(all, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Why AWS or we refuse a key, in words that do not give the key away; empty for a good one. */
    public static Optional<String> refusal(byte[] key) {
        if (key.length == 0) {
            return Optional.of("is empty");
        }
        if (Arrays.equals(key, REDACTED)) {
            return Optional.of("holds the word REDACTED: the key itself is in AWS Secrets Manager");
        }
        for (int index = 0; index < key.length; index++) {
            if (!isAllowed(key[index])) {
                String which = "character " + (index + 1);
                String rule = " is none of those AWS takes: letters, digits, '.' and '_'";
                return Optional.of(key[index] == '\n' ? "has more than one line" : "holds a key whose " + which + rule);
            }
        }
        if (key.length < MIN_LENGTH || key.length > MAX_LENGTH) {
            return Optional.of(
                    "holds a key of " + key.length + " characters, AWS takes " + MIN_LENGTH + " to " + MAX_LENGTH);
        }
        if (key[0] == '0') {
            return Optional.of("holds a key that begins with 0, which AWS refuses");
        }
        if (distinct(key) < MIN_DISTINCT || isRun(key)) {
            return Optional.of("holds a key that is one character or one run repeated, which is guessed at once");
        }
        return isNotorious(key) ? Optional.of("holds a key from the top of every word list") : Optional.empty();
    }

    /** True for 12345678, abcdefgh and the like. */
    private static boolean isRun(byte[] key) {
        int step = key[1] - key[0];
        for (int index = 1; index < key.length; index++) {
            if (key[index] - key[index - 1] != step || Math.abs(step) > 1) {
                return false;
            }
        }
        return true;
    }

    /** True for a word everybody tries first, with or without digits around it. */
    private static boolean isNotorious(byte[] key) {
        String letters = new String(key, StandardCharsets.US_ASCII)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
        return key.length <= MAX_NOTORIOUS_LENGTH && NOTORIOUS.contains(letters);
    }

    /** One line end after the key is what editors leave. */
    private static int withoutLineEnd(byte[] octets) {
        int length = octets.length;
        if (length > 0 && octets[length - 1] == '\n') {
            length--;
            if (length > 0 && octets[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }

    private static boolean isAllowed(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '.'
                || octet == '_';
    }

    /** Length times the bits of its own alphabet: generous, so what falls below is weak for sure. */
    private static double estimatedBits(byte[] key) {
        return key.length * (Math.log(distinct(key)) / Math.log(2));
    }

    private static int distinct(byte[] key) {
        boolean[] seen = new boolean[256];
        int count = 0;
        for (byte octet : key) {
            if (!seen[octet & 0xff]) {
                seen[octet & 0xff] = true;
                count++;
            }
        }
        return count;
    }
}
