package io.twinspan.daemon.dataplane;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outside path of one tunnel towards the peer while a drill impairs it. It stands between the child SAs and their sinks, so
 * a tunnel without a drill has nothing in the way. Made on the control loop, then owned by the outbound loop.
 */
final class OutboundLine {
    private final Impairment impairment;
    private final LossDice dice;
    private final DropCounters drops;
    private final LoopTimer timer;
    private final @Nullable DelayLine delayed;
    private final EspSink[] sinks;
    private final int[] trafficClasses;
    private final Runnable release = this::releaseDue;
    private boolean armed;
    private boolean ended;

    /** @param drops of the tunnel's outbound direction */
    OutboundLine(Impairment impairment, DropCounters drops, LoopTimer timer) {
        this.impairment = impairment;
        this.dice = new LossDice(impairment.lossOut(), impairment.seed());
        this.drops = drops;
        this.timer = timer;
        boolean delays = impairment.delayNanos() > 0;
        this.delayed = delays ? new DelayLine() : null;
        this.sinks = new EspSink[delays ? DelayLine.PACKETS : 0];
        this.trafficClasses = new int[delays ? DelayLine.PACKETS : 0];
    }

    /** A sink whose packets take this path. */
    EspSink over(EspSink sink, int outerHeaderOctets) {
        return new ImpairedSink(sink, outerHeaderOctets);
    }

    private void carry(EspSink sink, int at, int octets, int trafficClass, int outerHeaderOctets) {
        if (impairment.isTooLong(octets + outerHeaderOctets) || dice.loses()) {
            drops.count(PathVerdict.DRILL_OUT);
        } else if (delayed == null || ended) {
            sink.commit(octets, trafficClass);
        } else {
            delay(delayed, sink, at, octets, trafficClass);
        }
    }

    private void delay(DelayLine line, EspSink sink, int at, int octets, int trafficClass) {
        int place = line.add(sink.array(), at, octets, timer.nowNanos() + impairment.delayNanos());
        if (place == DelayLine.FULL) {
            drops.count(PathVerdict.DRILL_OUT);
            return;
        }
        sinks[place] = sink;
        trafficClasses[place] = trafficClass;
        if (!armed) {
            armed = true;
            timer.after(impairment.delayNanos(), release);
        }
    }

    private void releaseDue() {
        armed = false;
        DelayLine line = Objects.requireNonNull(delayed);
        long now = timer.nowNanos();
        while (!line.isEmpty() && (ended || line.nextDueNanos() - now <= 0)) {
            send(line, line.oldest());
            line.removeOldest();
        }
        if (!line.isEmpty()) {
            armed = true;
            timer.after(line.nextDueNanos() - now, release);
        }
    }

    private void send(DelayLine line, int place) {
        EspSink sink = sinks[place];
        int length = line.length(place);
        int at = sink.claim(length);
        if (at == EspSink.NO_ROOM) {
            drops.count(PathVerdict.SEND_QUEUE_FULL);
            return;
        }
        System.arraycopy(line.octets(), line.start(place), sink.array(), at, length);
        sink.commit(length, trafficClasses[place]);
    }

    /** The path is as it was: what is on the way arrives now, before anything that is sent later. */
    void end() {
        ended = true;
        if (delayed != null && !delayed.isEmpty()) {
            releaseDue();
            timer.after(0, () -> {});
        }
    }

    /** Builds packets in the memory of the sink behind it, and lets only some of them through. */
    private final class ImpairedSink implements EspSink {
        private final EspSink sink;
        private final int outerHeaderOctets;
        private int claimed;

        ImpairedSink(EspSink sink, int outerHeaderOctets) {
            this.sink = sink;
            this.outerHeaderOctets = outerHeaderOctets;
        }

        @Override
        public byte[] array() {
            return sink.array();
        }

        @Override
        public int claim(int octets) {
            claimed = sink.claim(octets);
            return claimed;
        }

        @Override
        public boolean isReady() {
            return sink.isReady();
        }

        @Override
        public void flush() {
            sink.flush();
        }

        /** Packets that are delayed leave without DF: a path is narrowed by a length, not by a router that looks at DF. */
        @Override
        public boolean unfragmented(boolean wanted) {
            return sink.unfragmented(wanted);
        }

        @Override
        public void commit(int octets, int trafficClass) {
            carry(sink, claimed, octets, trafficClass, outerHeaderOctets);
        }
    }
}
