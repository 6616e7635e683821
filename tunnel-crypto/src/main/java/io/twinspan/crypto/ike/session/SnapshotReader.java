package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.time.Deadline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link SnapshotWriter} wrote; every length is checked against what is there before it is believed. */
final class SnapshotReader {
    private static final int MAX_PORT = 65_535;

    private final byte[] octets;
    private final int limit;
    private final long writtenNanos;
    private int position;

    /**
     * A reader of the first {@code limit} octets.
     *
     * @param writtenNanos the instant of writing on the reader's clock
     */
    SnapshotReader(byte[] octets, int limit, long writtenNanos) {
        this.octets = octets;
        this.limit = limit;
        this.writtenNanos = writtenNanos;
    }

    /** Reads one of several. */
    interface Item<T> {
        T read() throws SnapshotDamagedException;
    }

    boolean flag() throws SnapshotDamagedException {
        int value = octet();
        if (value > 1) {
            throw new SnapshotDamagedException("a flag of " + value);
        }
        return value == 1;
    }

    int i32() throws SnapshotDamagedException {
        return octet() << 24 | octet() << 16 | octet() << 8 | octet();
    }

    long i64() throws SnapshotDamagedException {
        return (long) i32() << Integer.SIZE | (i32() & 0xffff_ffffL);
    }

    /** A number that counts something. */
    int count() throws SnapshotDamagedException {
        int value = i32();
        if (value < 0) {
            throw new SnapshotDamagedException("a count of " + value);
        }
        return value;
    }

    long instant() throws SnapshotDamagedException {
        long difference = i64();
        return difference == Deadline.NEVER ? Deadline.NEVER : writtenNanos + difference;
    }

    byte[] bytes() throws SnapshotDamagedException {
        int length = i32();
        if (length < 0 || length > limit - position) {
            throw new SnapshotDamagedException(length + " octets where " + (limit - position) + " are left");
        }
        byte[] result = Arrays.copyOfRange(octets, position, position + length);
        position += length;
        return result;
    }

    /** A secret of exactly this many octets. */
    SecretBytes secret(int length) throws SnapshotDamagedException {
        byte[] exposed = bytes();
        if (exposed.length != length) {
            throw new SnapshotDamagedException("a key of " + exposed.length + " octets instead of " + length);
        }
        return taken(exposed);
    }

    SecretBytes secret() throws SnapshotDamagedException {
        return taken(bytes());
    }

    private static SecretBytes taken(byte[] exposed) {
        SecretBytes secret = SecretBytes.copyOf(exposed);
        Arrays.fill(exposed, (byte) 0);
        return secret;
    }

    String text() throws SnapshotDamagedException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    <E extends Enum<E>> E word(Class<E> type) throws SnapshotDamagedException {
        String name = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new SnapshotDamagedException("no " + type.getSimpleName() + " of that name");
    }

    InetAddress address() throws SnapshotDamagedException {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new SnapshotDamagedException("an address of no family");
        }
    }

    Endpoint endpoint() throws SnapshotDamagedException {
        InetAddress address = address();
        int port = i32();
        if (port < 0 || port > MAX_PORT) {
            throw new SnapshotDamagedException("a port of " + port);
        }
        return new Endpoint(address, port);
    }

    <T> List<T> list(Item<T> item) throws SnapshotDamagedException {
        int count = count();
        // Each takes an octet at least, so that no forged count makes a long list.
        if (count > limit - position) {
            throw new SnapshotDamagedException(count + " items where " + (limit - position) + " octets are left");
        }
        List<T> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(item.read());
        }
        return result;
    }

    void requireEnd() throws SnapshotDamagedException {
        if (position != limit) {
            throw new SnapshotDamagedException(limit - position + " octets too many");
        }
    }

    private int octet() throws SnapshotDamagedException {
        if (position == limit) {
            throw new SnapshotDamagedException("too short");
        }
        return octets[position++] & 0xff;
    }
}
