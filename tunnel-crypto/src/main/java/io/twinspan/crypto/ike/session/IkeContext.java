package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.secret.EntropySource;
import java.util.function.IntPredicate;

/**
 * What an {@link IkePeerMachine} borrows from its surroundings.
 *
 * @param entropy SPIs, nonces, private keys, IVs and jitter come from here and from nowhere else
 * @param inboundSpiFree true where no other peer of this gateway uses the inbound ESP SPI
 */
public record IkeContext(EntropySource entropy, IntPredicate inboundSpiFree) {}
