package io.twinspan.daemon.http;

/**
 * Who asks.
 *
 * @param name for records of what was done, for example {@code uid 0} or {@code token ops}; no secret
 * @param role what the caller may do
 * @param known false for one who has shown nothing: then the role is not looked at, and only open routes answer
 */
public record Caller(String name, Role role, boolean known) {
    /** Somebody who has shown nothing. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Role.VIEWER, false);

    /** Somebody who has shown who it is. */
    public Caller(String name, Role role) {
        this(name, role, true);
    }

    /** True where the caller may do what needs this role. */
    public boolean may(Role needed) {
        return known && role.covers(needed);
    }
}
