package io.twinspan.daemon.access;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keys of one-time links: each opens one session, once, within a minute. Admin loop only. */
public final class LoginKeys {
    /** How long a link is good for. */
    public static final int SECONDS = 60;

    /** Random octets of a key. */
    public static final int KEY_OCTETS = 32;

    /** Links that wait to be used; a further one takes the place of the oldest. */
    static final int MAX_WAITING = 16;

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /** A key that stands for this grant. */
    public String issue(Grant grant, byte[] random, long nowNanos) {
        forgetOld(nowNanos);
        if (waiting.size() >= MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        waiting.put(Digests.of(key), new Waiting(grant, nowNanos));
        return key;
    }

    /** What a key stands for; it stands for nothing afterwards. Found by its digest, so that time tells nothing of it. */
    public Optional<Grant> redeem(String key, long nowNanos) {
        forgetOld(nowNanos);
        return Optional.ofNullable(waiting.remove(Digests.of(key))).map(Waiting::grant);
    }

    private void forgetOld(long nowNanos) {
        waiting.values().removeIf(it -> nowNanos - it.sinceNanos() >= TimeUnit.SECONDS.toNanos(SECONDS));
    }

    private record Waiting(Grant grant, long sinceNanos) {}
}
