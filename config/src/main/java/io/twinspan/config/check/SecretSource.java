package io.twinspan.config.check;

import io.twinspan.crypto.secret.SecretBytes;
import java.nio.file.Path;

/** Where the files that a configuration names are read from. */
@FunctionalInterface
public interface SecretSource {
    /** Reads one secret file, named as in the configuration. Never throws. */
    Answer read(String name);

    /** The file that a name in the configuration stands for, for those who read it while the daemon runs. */
    default Path file(String name) {
        return Path.of(name);
    }

    /** What came of it. */
    sealed interface Answer {
        /**
         * The file's octets.
         *
         * @param exposure what about the file's mode deserves a warning; empty where all is well
         */
        record Found(SecretBytes octets, String exposure) implements Answer {}

        /** Why there is no secret, in words that follow the file's name: {@code does not exist}. */
        record Refused(String reason, String hint) implements Answer {}
    }
}
