package io.twinspan.crypto.ike.message;

/** Reads forward through a range of octets; every step is checked against the range's end before it is taken. */
final class OctetReader {
    private final byte[] octets;
    private final int limit;
    private int position;

    OctetReader(byte[] octets, int offset, int limit) {
        assert offset >= 0 && offset <= limit && limit <= octets.length;
        this.octets = octets;
        this.position = offset;
        this.limit = limit;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    boolean atEnd() {
        return position == limit;
    }

    int u8(String what) throws MalformedException {
        require(1, what);
        return octets[position++] & 0xff;
    }

    int u16(String what) throws MalformedException {
        require(2, what);
        return u8(what) << 8 | u8(what);
    }

    int i32(String what) throws MalformedException {
        require(4, what);
        return u16(what) << 16 | u16(what);
    }

    long i64(String what) throws MalformedException {
        require(8, what);
        return (long) i32(what) << 32 | (i32(what) & 0xffff_ffffL);
    }

    byte[] array(int count, String what) throws MalformedException {
        require(count, what);
        byte[] result = new byte[count];
        System.arraycopy(octets, position, result, 0, count);
        position += count;
        return result;
    }

    Octets octets(int count, String what) throws MalformedException {
        require(count, what);
        Octets result = Octets.copyOf(octets, position, count);
        position += count;
        return result;
    }

    Octets rest() {
        Octets result = Octets.copyOf(octets, position, remaining());
        position = limit;
        return result;
    }

    /** A reader for the next {@code count} octets, which this one then has behind it. */
    OctetReader slice(int count, String what) throws MalformedException {
        require(count, what);
        OctetReader inner = new OctetReader(octets, position, position + count);
        position += count;
        return inner;
    }

    void requireEnd(String what) throws MalformedException {
        if (!atEnd()) {
            throw malformed(remaining() + " octets behind " + what);
        }
    }

    MalformedException malformed(String reason) {
        return new MalformedException(reason, position);
    }

    private void require(int count, String what) throws MalformedException {
        // Compared as a difference, so that no sum can wrap.
        if (count < 0 || count > remaining()) {
            throw malformed(what + " needs " + count + " octets where " + remaining() + " are left");
        }
    }
}
