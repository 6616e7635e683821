package io.twinspan.daemon.diagnosis;

import java.util.Optional;

/** Port: where the settings of a tunnel stand in the configuration file. */
@FunctionalInterface
public interface ConfigPlaces {
    /**
     * The place of a setting, or of what stands for it.
     *
     * @param connection its name
     * @param tunnel number of the tunnel
     * @param key first word of the setting: {@code ike}, {@code psk-file}
     * @return {@code file:line:column} and which setting it is
     */
    Optional<String> find(String connection, int tunnel, String key);
}
