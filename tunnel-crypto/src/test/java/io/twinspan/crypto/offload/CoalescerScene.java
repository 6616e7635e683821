package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A coalescer that writes into memory, and packets for it. */
abstract class CoalescerScene {
    static final int DATA = 1000;

    final WriteRecorder tun = new WriteRecorder();
    final Coalescer coalescer = new Coalescer(true, tun);

    static Stream<PacketSketch> kinds() {
        return Stream.of(PacketSketch.tcpV4(), PacketSketch.tcpV6(), PacketSketch.udpV4(), PacketSketch.udpV6());
    }

    final void assertNotMerged(PacketSketch kind, Consumer<PacketSketch> difference) {
        tun.writes.clear();
        PacketSketch first = kind.copy().payload(DATA);
        PacketSketch second = first.next();
        difference.accept(second);
        List<Integer> written = merged(first, second, second.next());
        assertThat(written).first().isEqualTo(1);
        assertThat(tun.segments().get(1)).isEqualTo(second.octets());
    }

    final List<Integer> merged(PacketSketch... sketches) {
        addAll(sketches);
        coalescer.flush();
        return tun.packets();
    }

    final void addAll(PacketSketch... sketches) {
        for (PacketSketch sketch : sketches) {
            add(sketch.octets());
        }
    }

    final void add(byte[] packet) {
        coalescer.add(packet, 0, packet.length);
    }

    static PacketSketch tcp() {
        return PacketSketch.tcpV4().payload(DATA);
    }

    static PacketSketch unprotected() {
        PacketSketch sketch = PacketSketch.udpV4();
        sketch.fragmentWord = 0;
        return sketch;
    }

    static PacketSketch[] flows(int count) {
        PacketSketch[] flows = new PacketSketch[count];
        Arrays.setAll(flows, i -> {
            PacketSketch flow = tcp();
            flow.sourcePort += i;
            return flow;
        });
        return flows;
    }
}
