package io.twinspan.daemon.metrics;

import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.daemon.control.TunnelStatus.SequencesUsed;
import io.twinspan.daemon.dataplane.SizeCounts;
import io.twinspan.daemon.metrics.DropReason.Direction;
import io.twinspan.daemon.metrics.TunnelMeters.Reading;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What became of a tunnel's packets, as its last reading says. */
final class PacketMeters {
    private final MeterSet meters;
    private final Supplier<Reading> now;

    private PacketMeters(MeterSet meters, Supplier<Reading> now) {
        this.meters = meters;
        this.now = now;
    }

    /**
     * Adds them to a tunnel's meters.
     *
     * @param now gives the last reading; from any thread
     */
    static void over(MeterSet meters, Supplier<Reading> now) {
        PacketMeters packets = new PacketMeters(meters, now);
        packets.inner();
        packets.esp();
        packets.sequences();
        packets.sizes();
        packets.drops();
    }

    private void inner() {
        String octets = "Inner octets through the tunnel";
        in("twinspan.tunnel.bytes", octets, it -> it.status().traffic().bytesIn());
        out("twinspan.tunnel.bytes", octets, it -> it.status().traffic().bytesOut());
        String packets = "Inner packets through the tunnel";
        in("twinspan.tunnel.packets", packets, it -> it.status().traffic().packetsIn());
        out("twinspan.tunnel.packets", packets, it -> it.status().traffic().packetsOut());
    }

    private void esp() {
        String packets = "ESP packets outside, probes included; from the peer those that proved authentic";
        in("twinspan.esp.packets", packets, it -> it.tunnel().esp().packetsIn());
        out("twinspan.esp.packets", packets, it -> it.tunnel().esp().packetsOut());
        String octets = "Octets of these packets, outer IP and UDP headers included";
        in("twinspan.esp.bytes", octets, it -> it.tunnel().esp().bytesIn());
        out("twinspan.esp.bytes", octets, it -> it.tunnel().esp().bytesOut());
        in(
                "twinspan.esp.missing.packets",
                "ESP sequence numbers of the peer that were passed over: packets lost on their way here",
                it -> it.tunnel().esp().missingIn());
    }

    private void sequences() {
        sequences(Direction.IN, SequencesUsed::in);
        sequences(Direction.OUT, SequencesUsed::out);
    }

    private void sequences(Direction direction, ToDoubleFunction<SequencesUsed> share) {
        meters.gauge(
                "twinspan.esp.sequence.used.ratio",
                "Share of its sequence numbers that the child SA which is nearest to their end has used;"
                        + " NaN where there is none",
                () -> now.get().status().sequences().values().stream()
                        .mapToDouble(share)
                        .max()
                        .orElse(Double.NaN),
                "direction",
                direction.label());
    }

    private void sizes() {
        fragments("made", Direction.OUT, SizeCounts::fragmentsMade);
        fragments("passed", Direction.OUT, SizeCounts::fragmentsPassedOut);
        fragments("passed", Direction.IN, SizeCounts::fragmentsPassedIn);
        fragments("reassembled", Direction.IN, SizeCounts::fragmentsReassembled);
        String clamped = "TCP SYNs whose maximum segment size was lowered to what fits";
        in("twinspan.tcp.mss.clamped", clamped, it -> it.tunnel().sizes().mssClampedIn());
        out("twinspan.tcp.mss.clamped", clamped, it -> it.tunnel().sizes().mssClampedOut());
        meters.counter(
                "twinspan.icmp.too.big.sent",
                "ICMP errors that told senders to make their packets smaller",
                () -> now.get().tunnel().tooBigSent());
        meters.counter(
                "twinspan.icmp.too.big.received",
                "ICMP errors about our ESP packets' size, which anybody can forge and nobody believes",
                () -> now.get().tunnel().tooBigReceived());
    }

    private void fragments(String action, Direction direction, ToLongFunction<SizeCounts> count) {
        meters.counter(
                "twinspan.fragments",
                "Fragments: inner packets cut here, inner packets that were cut before, outer packets put together",
                () -> count.applyAsLong(now.get().tunnel().sizes()),
                "direction",
                direction.label(),
                "action",
                action);
    }

    private void drops() {
        for (Direction direction : Direction.values()) {
            for (DropReason reason : DropReason.of(direction)) {
                meters.counter(
                        ConnectionMeters.DROPPED,
                        ConnectionMeters.DROPPED_HELP,
                        () -> reason.sum(
                                direction == Direction.IN
                                        ? now.get().tunnel().drops().in()
                                        : now.get().tunnel().drops().out()),
                        "direction",
                        direction.label(),
                        "reason",
                        reason.label());
            }
        }
        for (IkeMisbehaviour kind : IkeMisbehaviour.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            meters.counter(
                    "twinspan.ike.malformed.messages",
                    "IKE messages that break a rule of RFC 7296, from the peer or from somebody who forges its address",
                    () -> now.get().status().misbehaviour().getOrDefault(name, 0L),
                    "reason",
                    name);
        }
    }

    private void in(String name, String help, ToDoubleFunction<Reading> count) {
        meters.counter(name, help, () -> count.applyAsDouble(now.get()), "direction", Direction.IN.label());
    }

    private void out(String name, String help, ToDoubleFunction<Reading> count) {
        meters.counter(name, help, () -> count.applyAsDouble(now.get()), "direction", Direction.OUT.label());
    }
}
