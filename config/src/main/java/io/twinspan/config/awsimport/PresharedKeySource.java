package io.twinspan.config.awsimport;

import io.twinspan.crypto.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A tunnel's key, from the options or the XML; AWS puts the word REDACTED where Secrets Manager keeps the key. */
final class PresharedKeySource {
    private static final String REDACTED = "REDACTED";

    private PresharedKeySource() {}

    static Optional<Sourced<SecretBytes>> find(TunnelSource tunnel, String name, ImportLog log) {
        Optional<Sourced<String>> option = tunnel.option("PreSharedKey").filter(key -> !isRedacted(key));
        Optional<Sourced<String>> xml = tunnel.xml("ike/pre_shared_key").filter(key -> !isRedacted(key));
        if (option.isPresent()
                && xml.isPresent()
                && !option.get().value().equals(xml.get().value())) {
            log.warn(name + ": the options and the XML hold different keys; the one of the options is used");
        }
        return option.or(() -> xml)
                .map(key -> key.map(text -> SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Why there is no key. */
    static String whyAbsent(TunnelSource tunnel, JsonConnection json, String file) {
        boolean redacted = tunnel.xml("ike/pre_shared_key")
                        .filter(PresharedKeySource::isRedacted)
                        .isPresent()
                || tunnel.option("PreSharedKey")
                        .filter(PresharedKeySource::isRedacted)
                        .isPresent();
        String secret = json.find("PreSharedKeyArn")
                .map(arn -> " as " + printable(arn.value()))
                .orElse("");
        String why = redacted
                ? "the key is in AWS Secrets Manager" + secret
                : "the document holds no pre-shared key (certificates are not supported)";
        return why + "; put it into " + file + " with mode 0600";
    }

    private static boolean isRedacted(Sourced<String> key) {
        return key.value().equalsIgnoreCase(REDACTED);
    }

    private static String printable(String text) {
        return text.replaceAll("[^A-Za-z0-9:/_.!-]", "?");
    }
}
