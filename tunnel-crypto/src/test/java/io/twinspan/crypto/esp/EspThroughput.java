package io.twinspan.crypto.esp;

import com.sun.management.ThreadMXBean;
import io.twinspan.crypto.suite.EspSuite;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Prints what sealing, opening and refusing one packet cost, per suite, in nanoseconds and in octets of garbage. Run by hand, on an
 * otherwise quiet machine; arguments: octets of the inner packet (1400), and the label a suite must start with (any).
 */
final class EspThroughput {
    private static final int PACKETS_PER_ROUND = 10_000;
    private static final int ROUNDS = 30;

    private final EspEncapsulator encapsulator = new EspEncapsulator(true);
    private final EspDecapsulator decapsulator = new EspDecapsulator();
    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] inner;
    private final byte[][] buffers;

    private EspThroughput(int innerBytes) {
        inner = EspFixture.ipv4(innerBytes, 0);
        buffers = new byte[PACKETS_PER_ROUND][];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = EspFixture.around(inner, EspLayout.MAX_HEADROOM_BYTES);
        }
    }

    public static void main(String[] arguments) {
        EspThroughput throughput = new EspThroughput(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1400);
        System.out.printf(
                Locale.ROOT,
                "%-36s %9s %9s %9s %9s %9s%n",
                "suite",
                "seal ns",
                "open ns",
                "forged ns",
                "seal B",
                "open B");
        for (EspSuite suite : EspFixture.allSuites()) {
            if (arguments.length < 2 || suite.label().startsWith(arguments[1])) {
                throughput.measure(suite);
            }
        }
    }

    private void measure(EspSuite suite) {
        OutboundSa outbound = EspFixture.outbound(suite);
        InboundSa inbound = EspFixture.inbound(suite);
        long bestSeal = Long.MAX_VALUE;
        long bestOpen = Long.MAX_VALUE;
        long sealBytes = 0;
        long openBytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = thread.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            sealAll(outbound);
            long sealed = System.nanoTime();
            long between = thread.getCurrentThreadAllocatedBytes();
            openAll(inbound);
            long opened = System.nanoTime();
            bestSeal = Math.min(bestSeal, sealed - start);
            bestOpen = Math.min(bestOpen, opened - sealed);
            sealBytes = between - allocated;
            openBytes = thread.getCurrentThreadAllocatedBytes() - between;
        }
        System.out.printf(
                Locale.ROOT,
                "%-36s %9d %9d %9d %9d %9d%n",
                suite.label(),
                bestSeal / PACKETS_PER_ROUND,
                bestOpen / PACKETS_PER_ROUND,
                refuseAll(outbound, inbound) / PACKETS_PER_ROUND,
                sealBytes / PACKETS_PER_ROUND,
                openBytes / PACKETS_PER_ROUND);
    }

    private void sealAll(OutboundSa outbound) {
        for (byte[] buffer : buffers) {
            require(encapsulator.seal(outbound, buffer, EspLayout.MAX_HEADROOM_BYTES, inner.length));
        }
    }

    private void openAll(InboundSa inbound) {
        for (byte[] buffer : buffers) {
            int offset = EspLayout.MAX_HEADROOM_BYTES - headroom(inbound);
            require(decapsulator.open(inbound, buffer, offset, encapsulator.resultLength(), 0));
        }
    }

    /** Best time of a round of packets whose ICV is wrong. */
    private long refuseAll(OutboundSa outbound, InboundSa inbound) {
        sealAll(outbound);
        int offset = EspLayout.MAX_HEADROOM_BYTES - headroom(inbound);
        int length = encapsulator.resultLength();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (byte[] buffer : buffers) {
                buffer[offset + length - 1] ^= 1;
                if (decapsulator.open(inbound, buffer, offset, length, 0) != EspVerdict.BAD_ICV) {
                    throw new AssertionError("a forged packet was not refused");
                }
                buffer[offset + length - 1] ^= 1;
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        for (byte[] buffer : buffers) {
            System.arraycopy(inner, 0, buffer, EspLayout.MAX_HEADROOM_BYTES, inner.length);
        }
        return best;
    }

    private static int headroom(InboundSa inbound) {
        return EspLayout.HEADER_BYTES + inbound.ivBytes();
    }

    private static void require(EspVerdict verdict) {
        if (verdict != EspVerdict.OK) {
            throw new AssertionError(verdict);
        }
    }
}
