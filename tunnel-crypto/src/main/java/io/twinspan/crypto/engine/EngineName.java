package io.twinspan.crypto.engine;

/**
 * What an engine is.
 *
 * @param name {@code jdk} or {@code ipsec-mb}
 * @param version of the JDK or of the library; empty where it is not known
 * @param flavour which of the library's versions of a cipher, named after its instructions; empty where there is one only
 */
public record EngineName(String name, String version, String flavour) {
    @Override
    public String toString() {
        return (name + " " + version + " " + flavour).strip();
    }
}
