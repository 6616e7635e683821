package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspSealer;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.offload.Segmenter;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One packet or super-packet on its way through a {@link SealingCrew}, with the memory in which it is sealed. Filled and
 * emptied by the outbound loop; in between it belongs to the member who claimed it. Reused for ever.
 */
final class SealingJob {
    /** A super-packet cut into usual segments, each with its headers and ESP around it. */
    static final int OCTETS = 96 * 1024;

    /** Segments are rarely shorter than 536 octets (RFC 9293 section 3.7.1). */
    static final int MAX_PACKETS = 128;

    private final byte[] octets = new byte[OCTETS];
    private final int[] ends = new int[MAX_PACKETS];
    private Segmenter segmenter = new Segmenter();
    private @Nullable OutboundPath path;
    private @Nullable OutboundTunnel tunnel;
    private @Nullable OutboundChild child;
    private @Nullable PacketSlot packet;
    private long firstSequence;
    private int numbers;
    private int sealed;
    private int trafficClass;
    private EspVerdict verdict = EspVerdict.OK;
    private volatile boolean done;

    /** True where so many packets of the segmenter have room in a job. */
    static boolean fits(OutboundSa sa, Segmenter segmenter, int packets) {
        int longest = segmenter.longestSegment();
        return packets <= MAX_PACKETS && packets * (sa.headroomBytes() + longest + sa.tailroomBytes(longest)) <= OCTETS;
    }

    /**
     * Takes over a packet and the segmenter that has read it, with as many of the SA's numbers as there are.
     *
     * @param packets how many it makes
     * @return a segmenter to use instead
     */
    Segmenter fill(
            OutboundPath path,
            OutboundTunnel tunnel,
            OutboundChild child,
            PacketSlot packet,
            Segmenter segmenter,
            int packets) {
        this.path = path;
        this.tunnel = tunnel;
        this.child = child;
        this.packet = packet;
        numbers = child.sa().reserve(packets);
        firstSequence = child.sa().lastSequence() - numbers + 1;
        done = false;
        Segmenter spare = this.segmenter;
        this.segmenter = segmenter;
        return spare;
    }

    /** Seals it all, on the thread of the member with this index. */
    void seal(int member, EspEncapsulator encapsulator) {
        EspSealer sealer = child().sealer(member);
        sealed = 0;
        // Stays where a bug throws.
        verdict = EspVerdict.CIPHER_REFUSED;
        int at = 0;
        for (int i = packet().segmentsToSkip(); i < segmenter.count(); i++) {
            if (sealed == numbers) {
                verdict = EspVerdict.SEQUENCE_EXHAUSTED;
                return;
            }
            int length = segmenter.segmentLength(i);
            int inner = at + sealer.headroomBytes();
            segmenter.write(i, octets, inner);
            EspVerdict each = encapsulator.sealReserved(sealer, firstSequence + sealed, octets, inner, length);
            if (each != EspVerdict.OK) {
                verdict = each;
                return;
            }
            at += encapsulator.resultLength();
            ends[sealed] = at;
            sealed++;
            trafficClass = encapsulator.outerTos();
        }
        verdict = EspVerdict.OK;
    }

    /** Gives it back to the outbound loop, with all that was written. */
    void finish() {
        done = true;
    }

    /** True where the outbound loop may look at it again. */
    boolean isDone() {
        return done;
    }

    /** Forgets whose packet it was. */
    void clear() {
        path = null;
        tunnel = null;
        child = null;
        packet = null;
    }

    OutboundPath path() {
        return Objects.requireNonNull(path);
    }

    OutboundTunnel tunnel() {
        return Objects.requireNonNull(tunnel);
    }

    OutboundChild child() {
        return Objects.requireNonNull(child);
    }

    PacketSlot packet() {
        return Objects.requireNonNull(packet);
    }

    /** ESP packets that were sealed, side by side in {@link #octets}. */
    int count() {
        return sealed;
    }

    /** Packets that were to be sealed and were not, for {@link #verdict}. */
    int unsealed() {
        return segmenter.count() - packet().segmentsToSkip() - sealed;
    }

    byte[] octets() {
        return octets;
    }

    /** Where the ESP packet with this index begins. */
    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    int length(int index) {
        return ends[index] - start(index);
    }

    /** Octets of the first so many inner packets. */
    int innerOctets(int packets) {
        int octets = 0;
        for (int i = 0; i < packets; i++) {
            octets += segmenter.segmentLength(packet().segmentsToSkip() + i);
        }
        return octets;
    }

    /** TOS or traffic class octet for the outer headers: all segments of a packet have the same. */
    int trafficClass() {
        return trafficClass;
    }

    /** Why not all were sealed; OK where they were. */
    EspVerdict verdict() {
        return verdict;
    }
}
