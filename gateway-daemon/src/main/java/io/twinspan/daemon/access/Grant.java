package io.twinspan.daemon.access;

import io.twinspan.config.model.ApiConfig.Role;

/**
 * What somebody has proved.
 *
 * @param name who, for records of what was done: {@code uid 0}, {@code token ops}; no secret
 * @param role what that allows
 * @param origin digest of the hash of the token that proved it, by which a later token of the same name differs; empty for
 *     other proofs
 */
public record Grant(String name, Role role, String origin) {
    /** A grant that no token gave. */
    public Grant(String name, Role role) {
        this(name, role, "");
    }
}
