package io.twinspan.daemon.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112 section 7.1); ends with the last chunk or with the connection. */
final class ChunkedBody extends InputStream {
    private final InputStream in;
    private long left;
    private boolean started;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(left, length));
        if (count < 0) {
            ended = true;
            return -1;
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        try {
            if (started) {
                AnswerHead.line(in);
            }
            started = true;
            String size = AnswerHead.line(in);
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                throw new IOException("a chunk without a length");
            }
            left = Long.parseLong(size, 16);
            ended = left == 0;
        } catch (EOFException e) {
            // The daemon went away between two chunks: what has come is complete lines.
            ended = true;
        }
    }
}
