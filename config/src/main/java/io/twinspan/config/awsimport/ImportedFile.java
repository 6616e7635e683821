package io.twinspan.config.awsimport;

import io.twinspan.crypto.secret.SecretBytes;

/** One file to write, by its path relative to the target folder; mode 0600 all of them. */
public sealed interface ImportedFile {
    /** Path with forward slashes. */
    String path();

    /** A file without secrets. */
    record Text(String path, String text) implements ImportedFile {}

    /** A pre-shared key; one line. */
    record Key(String path, SecretBytes key) implements ImportedFile {}
}
