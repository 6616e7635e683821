package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.esp.SequenceCell;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the child SAs of a connection have used up their sequence numbers, read where the data loops store them anyway.
 * Control loop only.
 */
final class SequenceWatch {
    private final Map<Integer, Watched> children = new HashMap<>();

    private record Watched(int tunnel, SequenceNumbers kind, SequenceCell received, SequenceCell sent) {
        SequenceUse read() {
            return new SequenceUse(InboundSa.usedShare(kind, received.get()), OutboundSa.usedShare(kind, sent.get()));
        }
    }

    /** The receiving half of a child SA came into being. */
    void received(int tunnel, int inboundSpi, SequenceNumbers kind, SequenceCell cell) {
        Watched known = children.get(inboundSpi);
        children.put(
                inboundSpi, new Watched(tunnel, kind, cell, known == null ? SequenceCell.inProcess() : known.sent));
    }

    /** The sending half of a child SA came into being. */
    void sent(int tunnel, int inboundSpi, SequenceNumbers kind, SequenceCell cell) {
        Watched known = children.get(inboundSpi);
        children.put(
                inboundSpi, new Watched(tunnel, kind, known == null ? SequenceCell.inProcess() : known.received, cell));
    }

    /** Nothing will be sent on a child SA any more: how many numbers it had left is of no interest. */
    void released(int inboundSpi) {
        children.computeIfPresent(
                inboundSpi,
                (_, known) -> new Watched(known.tunnel, known.kind, known.received, SequenceCell.inProcess()));
    }

    /** A child SA is gone; its memory may be another's from now on. */
    void forget(int inboundSpi) {
        children.remove(inboundSpi);
    }

    /** The child SAs of a tunnel by inbound SPI; a fresh map. */
    Map<Integer, SequenceUse> of(int tunnel) {
        Map<Integer, SequenceUse> result = new TreeMap<>();
        children.forEach((spi, child) -> {
            if (child.tunnel == tunnel) {
                result.put(spi, child.read());
            }
        });
        return result;
    }
}
