package io.twinspan.crypto.esp;

import com.sun.management.ThreadMXBean;
import io.twinspan.crypto.suite.EspSuite;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Prints what sealing and opening one packet cost, per suite, in nanoseconds and in octets of garbage. Run by hand, on an
 * otherwise quiet machine; argument: octets of the inner packet, default 1400.
 */
final class EspThroughput {
    private static final int PACKETS_PER_ROUND = 10_000;
    private static final int ROUNDS = 12;

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
        System.out.printf(Locale.ROOT, "%-36s %9s %9s %9s %9s%n", "suite", "seal ns", "open ns", "seal B", "open B");
        for (EspSuite suite : EspFixture.allSuites()) {
            throughput.measure(suite);
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
                "%-36s %9d %9d %9d %9d%n",
                suite.label(),
                bestSeal / PACKETS_PER_ROUND,
                bestOpen / PACKETS_PER_ROUND,
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

    private static int headroom(InboundSa inbound) {
        return EspLayout.HEADER_BYTES + inbound.ivBytes();
    }

    private static void require(EspVerdict verdict) {
        if (verdict != EspVerdict.OK) {
            throw new AssertionError(verdict);
        }
    }
}
