package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.secret.EntropySource;
import java.nio.ByteBuffer;

/**
 * Identifications for datagrams that are cut although their sender did not number them: with DF set it need not (RFC 6864
 * section 4.1).
 *
 * <p>Each bucket of source, destination and protocol counts through all 65,535 values before one comes again, which is what
 * RFC 6864 section 4.3 asks of whoever numbers fragments. Where each starts cannot be guessed. Owned by the outbound loop.
 */
final class FreshIdentifications {
    private static final int BUCKETS = 4096;
    private static final int MIX = 0x9e37_79b1;

    private final short[] next = new short[BUCKETS];
    private final int key;

    FreshIdentifications(EntropySource entropy) {
        byte[] random = new byte[Integer.BYTES + BUCKETS * Short.BYTES];
        entropy.nextBytes(random);
        ByteBuffer source = ByteBuffer.wrap(random);
        key = source.getInt();
        source.asShortBuffer().get(next);
    }

    /** The next identification for the IPv4 packet at {@code offset}, 1..65535. */
    int next(byte[] packet, int offset) {
        int mixed = (Ipv4View.source(packet, offset) ^ key) * MIX;
        mixed = (Integer.rotateLeft(mixed, 15) ^ Ipv4View.destination(packet, offset)) * MIX;
        mixed = (Integer.rotateLeft(mixed, 15) ^ Ipv4View.protocol(packet, offset)) * MIX;
        int bucket = mixed >>> (Integer.SIZE - Integer.numberOfTrailingZeros(BUCKETS));
        if (++next[bucket] == 0) {
            next[bucket] = 1;
        }
        return Short.toUnsignedInt(next[bucket]);
    }
}
