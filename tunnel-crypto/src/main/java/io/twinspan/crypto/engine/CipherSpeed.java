package io.twinspan.crypto.engine;

/**
 * What one engine did on one core with long texts, right after start.
 *
 * @param sealMegabitsPerSecond plaintext sealed, in 10^6 bits a second; 0 where nothing was measured
 * @param openMegabitsPerSecond plaintext opened, in 10^6 bits a second; 0 where nothing was measured
 */
public record CipherSpeed(long sealMegabitsPerSecond, long openMegabitsPerSecond) {
    /** Nothing was measured. */
    public static final CipherSpeed UNMEASURED = new CipherSpeed(0, 0);

    /** The speed of a gateway that seals as much as it opens. */
    double bothWays() {
        return 1 / (1.0 / sealMegabitsPerSecond + 1.0 / openMegabitsPerSecond);
    }
}
