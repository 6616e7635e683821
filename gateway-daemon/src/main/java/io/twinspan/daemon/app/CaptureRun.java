package io.twinspan.daemon.app;

import io.twinspan.daemon.dataplane.PacketTap;
import io.twinspan.daemon.diagnosis.CaptureFollower;
import io.twinspan.daemon.diagnosis.CaptureOrder;
import io.twinspan.daemon.diagnosis.CapturedPacket;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram;

/** One capture under way, on a thread of its own. */
final class CaptureRun implements Runnable {
    private static final long PAUSE_MILLIS = 5;

    private final CaptureOrder order;
    private final Tapping tapping;
    private final CaptureFollower follower;
    private final Supplier<OuterCapture> outside;
    private final @Nullable BpfProgram filter;
    private final PacketTap out;
    private final PacketTap in;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** The monotonic clock's distance from the wall clock, so that both layers show one time. */
    private final long offsetNanos;

    private final long startedNanos = System.nanoTime();
    private @Nullable OuterCapture outer;
    private long packets;

    /**
     * Nothing is copied or open yet.
     *
     * @param outside opens the device, where outer packets are wanted
     * @throws CaptureException where the filter is none
     */
    CaptureRun(CaptureOrder order, Tapping tapping, CaptureFollower follower, Supplier<OuterCapture> outside) {
        this.order = order;
        this.tapping = tapping;
        this.follower = follower;
        this.outside = outside;
        this.filter = order.filter().isEmpty() ? null : OuterCapture.filter(order.filter());
        this.out = new PacketTap(order.full());
        this.in = new PacketTap(order.full());
        Instant now = Instant.now();
        this.offsetNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    }

    void stop() {
        stopped.set(true);
    }

    /** Begins to copy; why not, or an empty text. What does not begin leaves nothing open. */
    String begin() {
        boolean begun = false;
        try {
            String refusal = order.inner() ? tap(out, in) : "";
            if (refusal.isEmpty() && order.outer()) {
                outer = outside.get();
            }
            begun = refusal.isEmpty();
            return refusal;
        } finally {
            if (!begun) {
                release();
            }
        }
    }

    private String tap(@Nullable PacketTap outbound, @Nullable PacketTap inbound) {
        return tapping.tap(order.connection(), order.tunnel(), outbound, inbound)
                .join();
    }

    @Override
    public void run() {
        try {
            while (!isOver()) {
                int before = (int) packets;
                look();
                if (packets == before) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private boolean isOver() {
        return stopped.get() || packets >= order.count() || System.nanoTime() - startedNanos >= order.durationNanos();
    }

    private void look() {
        var _ = out.drain((at, spi, length, octets) -> inner(true, at, spi, length, octets));
        var _ = in.drain((at, spi, length, octets) -> inner(false, at, spi, length, octets));
        if (outer != null) {
            outer.drain(this::hand);
        }
    }

    private void inner(boolean outbound, long atNanos, int spi, int length, byte[] octets) {
        if (filter == null || filter.applyFilter(octets, length, octets.length)) {
            Instant at = Instant.ofEpochSecond(0, atNanos + offsetNanos);
            hand(new CapturedPacket(at, true, outbound, spi, length, octets));
        }
    }

    private void hand(CapturedPacket packet) {
        if (packets < order.count()) {
            packets++;
            follower.packet(packet);
        }
    }

    private void end() {
        long dropped = out.dropped() + in.dropped() + (outer == null ? 0 : outer.dropped());
        try {
            release();
        } finally {
            follower.finished(packets, dropped);
        }
    }

    private void release() {
        try {
            if (order.inner()) {
                var _ = tap(null, null);
            }
        } finally {
            if (outer != null) {
                outer.close();
            }
            if (filter != null) {
                filter.free();
            }
        }
    }

    /** Has a tunnel's inner packets copied; with null no more. Answers why not, or with an empty text. */
    @FunctionalInterface
    interface Tapping {
        CompletableFuture<String> tap(
                String connection, int tunnel, @Nullable PacketTap outbound, @Nullable PacketTap inbound);
    }
}
