package io.twinspan.config.awsimport;

/**
 * One setting to write.
 *
 * @param group the mapping it stands in, such as {@code ike}; empty for the tunnel itself
 */
record Setting(String group, String key, String value, String origin) {
    /** True where both say the same, wherever they got it from. */
    boolean sameAs(Setting other) {
        return group.equals(other.group) && key.equals(other.key) && value.equals(other.value);
    }

    /** The key's path below {@code parent}. */
    String path(String parent) {
        return parent + "." + (group.isEmpty() ? "" : group + ".") + key;
    }
}
