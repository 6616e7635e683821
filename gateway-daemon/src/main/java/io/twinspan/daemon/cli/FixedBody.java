package io.twinspan.daemon.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length. */
final class FixedBody extends InputStream {
    private final InputStream in;
    private int left;

    FixedBody(InputStream in, int length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the answer ends early");
        }
        left--;
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(target, offset, Math.min(left, length));
        if (count < 0) {
            throw new EOFException("the answer ends early");
        }
        left -= count;
        return count;
    }
}
