package io.twinspan.daemon.access;

import io.twinspan.config.model.ApiConfig.Role;

/**
 * What somebody has proved.
 *
 * @param name who, for records of what was done: {@code uid 0}, {@code token ops}; no secret
 * @param role what that allows
 */
public record Grant(String name, Role role) {}
