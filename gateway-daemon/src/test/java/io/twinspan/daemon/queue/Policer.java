package io.twinspan.daemon.queue;

import java.math.BigInteger;

/** A token bucket that drops what finds too few tokens, with exact arithmetic. */
final class Policer {
    private static final BigInteger SCALE = BigInteger.valueOf(1_000_000_000);

    private final BigInteger perNano;
    private final BigInteger depth;
    private BigInteger tokens;
    private long lastNanos;
    private int drops;

    /** A full bucket, at time 0, of what the rate gives in so many nanoseconds. */
    Policer(long unitsPerSecond, long depthNanos) {
        perNano = BigInteger.valueOf(unitsPerSecond);
        depth = perNano.multiply(BigInteger.valueOf(depthNanos));
        tokens = depth;
    }

    void pass(long units, long nowNanos) {
        BigInteger earned = perNano.multiply(BigInteger.valueOf(nowNanos - lastNanos));
        tokens = tokens.add(earned).min(depth);
        lastNanos = nowNanos;
        BigInteger price = BigInteger.valueOf(units).multiply(SCALE);
        if (price.compareTo(tokens) > 0) {
            drops++;
        } else {
            tokens = tokens.subtract(price);
        }
    }

    int drops() {
        return drops;
    }
}
