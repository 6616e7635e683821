package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.time.Deadline;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * The octets of a snapshot: big-endian numbers, a length before everything that varies, names for enum constants, because
 * their order may change from one release to the next. Instants are differences from the instant of writing: the clock of the
 * reader may count from elsewhere. What it holds is as secret as the keys.
 */
final class SnapshotWriter {
    private static final int INITIAL_BYTES = 4096;

    private final long nowNanos;
    private byte[] octets = new byte[INITIAL_BYTES];
    private int size;

    SnapshotWriter(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    SnapshotWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    SnapshotWriter i32(int value) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            octet(value >>> shift);
        }
        return this;
    }

    SnapshotWriter i64(long value) {
        return i32((int) (value >>> Integer.SIZE)).i32((int) value);
    }

    SnapshotWriter instant(long nanos) {
        return i64(nanos == Deadline.NEVER ? Deadline.NEVER : nanos - nowNanos);
    }

    SnapshotWriter bytes(byte[] value) {
        i32(value.length);
        for (byte each : value) {
            octet(each);
        }
        return this;
    }

    SnapshotWriter secret(SecretBytes value) {
        byte[] exposed = value.expose();
        bytes(exposed);
        Arrays.fill(exposed, (byte) 0);
        return this;
    }

    SnapshotWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    SnapshotWriter word(Enum<?> value) {
        return text(value.name());
    }

    SnapshotWriter address(InetAddress value) {
        return bytes(value.getAddress());
    }

    SnapshotWriter endpoint(Endpoint value) {
        return address(value.address()).i32(value.port());
    }

    <T> SnapshotWriter list(Collection<T> values, Consumer<T> each) {
        i32(values.size());
        values.forEach(each);
        return this;
    }

    /** How much was written. */
    int size() {
        return size;
    }

    /** Everything written; what was kept here is zeroed. */
    byte[] finish() {
        byte[] result = Arrays.copyOf(octets, size);
        Arrays.fill(octets, (byte) 0);
        size = 0;
        return result;
    }

    private SnapshotWriter octet(int value) {
        if (size == octets.length) {
            byte[] small = octets;
            octets = Arrays.copyOf(small, 2 * small.length);
            Arrays.fill(small, (byte) 0);
        }
        octets[size++] = (byte) value;
        return this;
    }
}
