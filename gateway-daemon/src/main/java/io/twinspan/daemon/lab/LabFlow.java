package io.twinspan.daemon.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A numbered probe flow between two lab hosts: one datagram each interval, each one echoed, losses and the longest silence
 * known afterwards.
 */
public final class LabFlow implements AutoCloseable {
    private static final int MAX_PROBES = 1 << 20;
    private static final int LINGER_MILLIS = 1_000;

    private final DatagramSocket socket;
    private final InetSocketAddress target;
    private final long intervalNanos;
    private final int payloadBytes;
    private final BitSet echoed = new BitSet();
    private final Instant started = Instant.now();
    private Thread sender = Thread.currentThread();
    private volatile boolean stopping;
    private volatile boolean stopped;
    private int sent;
    private long lastEchoNanos;
    private long longestSilenceNanos;

    private LabFlow(DatagramSocket socket, InetSocketAddress target, long intervalMillis, int payloadBytes) {
        this.socket = socket;
        this.target = target;
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        this.payloadBytes = payloadBytes;
    }

    /** Starts a flow from a host to the echo service at an address. */
    public static LabFlow start(
            LabNamespace from, String fromAddress, String to, long intervalMillis, int payloadBytes) {
        DatagramSocket socket = from.call(() -> new DatagramSocket(new InetSocketAddress(fromAddress, 0)));
        LabFlow flow = new LabFlow(socket, new InetSocketAddress(to, EchoServer.PORT), intervalMillis, payloadBytes);
        flow.lastEchoNanos = System.nanoTime();
        flow.sender = from.start("flow-out-" + from.name(), flow::send);
        from.start("flow-in-" + from.name(), flow::receive);
        return flow;
    }

    private void send() {
        long next = System.nanoTime();
        byte[] payload = new byte[payloadBytes];
        while (!stopping && sent < MAX_PROBES) {
            ByteBuffer.wrap(payload).putInt(0, sent);
            try {
                socket.send(new DatagramPacket(payload, payload.length, target));
            } catch (IOException _) {
                // Refused by ICMP: the probe counts as lost.
            }
            synchronized (this) {
                sent++;
            }
            next += intervalNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!stopped) {
            try {
                socket.setSoTimeout(200);
                socket.receive(packet);
                note(ByteBuffer.wrap(packet.getData()).getInt(0));
            } catch (SocketTimeoutException _) {
                // Time to look at the flag.
            } catch (IOException _) {
                // An ICMP refusal of an earlier probe surfaces here; a closed socket ends the loop through the flag.
            }
        }
    }

    private synchronized void note(int number) {
        long now = System.nanoTime();
        longestSilenceNanos = Math.max(longestSilenceNanos, now - lastEchoNanos);
        lastEchoNanos = now;
        echoed.set(number);
    }

    /** How many probes came back so far. */
    public synchronized int echoes() {
        return echoed.cardinality();
    }

    /**
     * Waits until this many probes came back.
     *
     * @throws LabException where they do not in time
     */
    public void awaitEchoes(int wanted, long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (echoes() < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new LabException(
                        "only " + echoes() + " of " + wanted + " probes to "
                                + target.getAddress().getHostAddress() + " came back within " + seconds + " s",
                        null);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** What happened so far. */
    public synchronized Result snapshot() {
        long silence = Math.max(longestSilenceNanos, System.nanoTime() - lastEchoNanos);
        return new Result(sent, echoed.cardinality(), silence);
    }

    /** Ends the flow, waits for the last echoes, and says what happened. */
    public Result stop() {
        stopping = true;
        awaitSender();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
        long silence;
        synchronized (this) {
            silence = longestSilenceNanos;
        }
        while (System.nanoTime() - deadline < 0 && snapshot().lost() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        close();
        synchronized (this) {
            return new Result(sent, echoed.cardinality(), Math.max(silence, longestSilenceNanos));
        }
    }

    /** A probe that is on its way out must not meet a closed socket and pass for lost. */
    private void awaitSender() {
        try {
            sender.join(LINGER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which probes are missing and when they were due, for a failure message. */
    public synchronized String describeLosses() {
        StringBuilder text = new StringBuilder("flow of " + started + ", missing:");
        for (int from = echoed.nextClearBit(0); from < sent; from = echoed.nextClearBit(from)) {
            int nextEchoed = echoed.nextSetBit(from);
            int to = nextEchoed < 0 ? sent : nextEchoed;
            text.append(" probes ").append(from).append("..").append(to - 1);
            text.append(" due at ").append(started.plusNanos(from * intervalNanos));
            from = to;
        }
        return text.toString();
    }

    @Override
    public void close() {
        stopping = true;
        stopped = true;
        socket.close();
    }

    /**
     * Outcome of a flow.
     *
     * @param sent probes sent
     * @param echoed probes that came back
     * @param longestSilenceNanos longest time without an echo
     */
    public record Result(int sent, int echoed, long longestSilenceNanos) {
        /** Probes that never came back. */
        public int lost() {
            return sent - echoed;
        }

        /** The longest silence in seconds. */
        public double silenceSeconds() {
            return longestSilenceNanos / 1e9;
        }
    }
}
