package io.twinspan.daemon.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Sends a stream through the tunnel, has it echoed, and compares digests. */
public final class StreamCheck {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CHUNK_BYTES = 16_384;

    private StreamCheck() {}

    /** Moves this many octets each way; returns Mbit/s of the round trip. */
    public static double run(LabNamespace from, String fromAddress, String to, int totalBytes) {
        Socket socket = from.call(() -> {
            Socket connecting = new Socket();
            connecting.bind(new InetSocketAddress(fromAddress, 0));
            connecting.connect(new InetSocketAddress(to, EchoServer.PORT), CONNECT_MILLIS);
            connecting.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
            return connecting;
        });
        try (socket) {
            MessageDigest sentDigest = MessageDigest.getInstance("SHA-256");
            MessageDigest echoDigest = MessageDigest.getInstance("SHA-256");
            long start = System.nanoTime();
            Thread sender = from.start("stream-out", () -> sendAll(socket, totalBytes, sentDigest));
            byte[] chunk = new byte[CHUNK_BYTES];
            int received = 0;
            int count = socket.getInputStream().read(chunk);
            while (count > 0) {
                echoDigest.update(chunk, 0, count);
                received += count;
                count = socket.getInputStream().read(chunk);
            }
            sender.join();
            if (received != totalBytes || !MessageDigest.isEqual(sentDigest.digest(), echoDigest.digest())) {
                throw new LabException("a TCP stream of " + totalBytes + " octets came back changed or cut", null);
            }
            return totalBytes * 8e3 / (System.nanoTime() - start);
        } catch (IOException e) {
            throw new LabException("a TCP stream from " + fromAddress + " to " + to + " broke: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendAll(Socket socket, int totalBytes, MessageDigest digest) {
        // A fixed seed makes the stream the same in every run; it only has to differ from octet to octet.
        Random content = new Random(7);
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int sent = 0; sent < totalBytes; ) {
                int count = Math.min(chunk.length, totalBytes - sent);
                content.nextBytes(chunk);
                socket.getOutputStream().write(chunk, 0, count);
                digest.update(chunk, 0, count);
                sent += count;
            }
            socket.shutdownOutput();
        } catch (IOException _) {
            // The reader sees the same broken connection and reports it.
        }
    }
}
