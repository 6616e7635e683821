package io.twinspan.daemon.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Browsers that are logged in. In memory only: a restart logs everybody out. Admin loop only. */
public final class Sessions {
    /** How long a session lasts, used or not. */
    public static final int HOURS = 12;

    /** Random octets that {@link #open} wants. */
    public static final int RANDOM_OCTETS = 64;

    /** Sessions at a time; a further one ends the oldest. */
    public static final int MAX_SESSIONS = 256;

    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /**
     * Somebody who is logged in.
     *
     * @param grant who, and as what
     * @param csrf what a page must send along with a change, to show that it could read our answer
     * @param sinceNanos when it began
     */
    public record Session(Grant grant, String csrf, long sinceNanos) {
        /** True where a header holds the page's proof; takes the same time for every wrong one. */
        public boolean isProvedBy(String header) {
            return MessageDigest.isEqual(csrf.getBytes(US_ASCII), header.getBytes(US_ASCII));
        }

        /** Nanoseconds that are left. */
        public long leftNanos(long nowNanos) {
            return TimeUnit.HOURS.toNanos(HOURS) - (nowNanos - sinceNanos);
        }

        @Override
        public String toString() {
            return "session of " + grant.name();
        }
    }

    /**
     * A session that just began.
     *
     * @param id the secret that names it
     * @param ended sessions that are no more: their time was over, or one made room
     */
    public record Opened(String id, Session session, List<Session> ended) {
        public Opened {
            ended = List.copyOf(ended);
        }

        @Override
        public String toString() {
            return session.toString();
        }
    }

    /** Begins a session. */
    public Opened open(Grant grant, byte[] random, long nowNanos) {
        List<Session> ended = makeRoom(nowNanos);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        byte[] half = new byte[RANDOM_OCTETS / 2];
        System.arraycopy(random, 0, half, 0, half.length);
        String id = encoder.encodeToString(half);
        System.arraycopy(random, half.length, half, 0, half.length);
        Session session = new Session(grant, encoder.encodeToString(half), nowNanos);
        sessions.put(Digests.of(id), session);
        return new Opened(id, session, ended);
    }

    /** The session of this name, where it lasts. */
    public Optional<Session> find(String id, long nowNanos) {
        return Optional.ofNullable(sessions.get(Digests.of(id))).filter(session -> session.leftNanos(nowNanos) > 0);
    }

    /** Ends a session; false where there is none. */
    public boolean close(String id) {
        return sessions.remove(Digests.of(id)) != null;
    }

    /** Ends the sessions that are none any more, and tells which. */
    public List<Session> closeAll(Predicate<Session> over) {
        List<Session> closed = sessions.values().stream().filter(over).toList();
        sessions.values().removeAll(closed);
        return closed;
    }

    private List<Session> makeRoom(long nowNanos) {
        List<Session> ended = closeAll(session -> session.leftNanos(nowNanos) <= 0);
        if (sessions.size() < MAX_SESSIONS) {
            return ended;
        }
        Session oldest = sessions.values().iterator().next();
        return closeAll(oldest::equals);
    }
}
