package io.twinspan.config.awsimport;

/**
 * Where one imported value came from.
 *
 * @param path the key in {@code twinspan.yaml}
 * @param value as written there; a key shows as {@code (secret, 32 characters)}
 * @param origin for example {@code XML /vpn_connection/ipsec_tunnel[1]/...}, {@code AWS default of 2026-11}, {@code --local}
 */
public record Provenance(String path, String value, String origin) {}
