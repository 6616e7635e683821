package io.twinspan.daemon.http;

import io.twinspan.crypto.secret.EntropySource;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Time and chance for those who decide about access.
 *
 * @param nanos only grows
 * @param now for people
 * @param entropy octets that nobody can guess
 */
record AdminClock(LongSupplier nanos, Supplier<Instant> now, EntropySource entropy) {
    static AdminClock system() {
        SecureRandom random = new SecureRandom();
        return new AdminClock(System::nanoTime, Instant::now, random::nextBytes);
    }
}
