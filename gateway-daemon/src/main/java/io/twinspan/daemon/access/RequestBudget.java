package io.twinspan.daemon.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each peer may do something: so many at once, then so many a minute (a token bucket for each). Remembers a bounded
 * number of peers; one that was forgotten starts anew. Admin loop only.
 */
public final class RequestBudget {
    private static final int MAX_PEERS = 1_024;
    private static final int IPV6_NETWORK_OCTETS = 8;
    private static final double NANOS_PER_MINUTE = 60e9;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int burst;
    private final double perNano;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_PEERS;
        }
    };

    /**
     * @param burst at once
     * @param perMinute afterwards
     */
    public RequestBudget(int burst, int perMinute) {
        this.burst = burst;
        this.perNano = perMinute / NANOS_PER_MINUTE;
    }

    /** Who counts as one peer: a host of IPv6 has a whole network of addresses to choose from, RFC 4291 section 2.5.4. */
    public static String keyOf(InetAddress peer) {
        byte[] octets = peer.getAddress();
        return HexFormat.of()
                .formatHex(peer instanceof Inet6Address ? Arrays.copyOf(octets, IPV6_NETWORK_OCTETS) : octets);
    }

    /** Takes one from a peer's budget; false where none is left. */
    public boolean take(String peer, long nowNanos) {
        Bucket bucket = filled(peer, nowNanos);
        boolean allowed = bucket.left >= 1;
        if (allowed) {
            bucket.left--;
        }
        return allowed;
    }

    /** Whole seconds until a peer may try again, at least 1. */
    public int retrySeconds(String peer, long nowNanos) {
        double missing = Math.max(0, 1 - filled(peer, nowNanos).left);
        return Math.max(1, (int) Math.ceil(missing / perNano / NANOS_PER_SECOND));
    }

    private Bucket filled(String peer, long nowNanos) {
        Bucket bucket = buckets.computeIfAbsent(peer, _ -> new Bucket(burst, nowNanos));
        bucket.left = Math.min(burst, bucket.left + (nowNanos - bucket.seenNanos) * perNano);
        bucket.seenNanos = nowNanos;
        return bucket;
    }

    private static final class Bucket {
        private double left;
        private long seenNanos;

        Bucket(double left, long seenNanos) {
            this.left = left;
            this.seenNanos = seenNanos;
        }
    }
}
