package io.twinspan.crypto.offload;

/**
 * Puts the packets of a flow back together into super-packets, one write to the TUN device for many packets.
 *
 * <p>The rules are those of the Linux kernel's GRO, so that the kernel's segmentation gives back what came in: same
 * addresses, protocol and ports; same type of service with its ECN bits, time to live, flow label and DF; no IPv4
 * options, fragments or IPv6 extension headers. TCP: the next sequence number, same acknowledgment, window, options and
 * flags, but for PSH and FIN, which end it; never SYN, RST, URG, CWR. All pieces as long as the first but the last. A
 * checksum that is wrong (or zero, in UDP) is never merged, so that none is ever repaired. Identifications follow each
 * other, or DF makes them meaningless (RFC 6864 section 4).
 *
 * <p>The order within a flow is kept. What names no flow goes out behind everything that is open between the same two
 * addresses. One for each TUN device and loop; one thread; allocates nothing after construction.
 */
public final class Coalescer {
    /** Flows that are put together at the same time; the oldest makes room for a new one. */
    static final int MAX_FLOWS = 16;

    private static final int MAX_PACKET_BYTES = 65_535 + 40;

    /** Where the packets go. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one packet or super-packet.
         *
         * @param array is used again after the return
         * @param from where the virtio header begins
         * @param length octets of virtio header and packet
         * @param packets how many packets it holds
         */
        void write(byte[] array, int from, int length, int packets);
    }

    private final boolean udpAllowed;
    private final Sink sink;
    private final TransportPacket incoming = new TransportPacket();
    private final byte[] single = new byte[VirtioNetHeader.OCTETS + MAX_PACKET_BYTES];

    /** The first {@link #open} are in use, oldest first; of the others the one that was last in use comes first. */
    private final Flow[] flows = new Flow[MAX_FLOWS];

    private int open;

    /**
     * Makes one.
     *
     * @param udpAllowed whether datagrams are put together: the kernel must know UDP segmentation on this device
     * @param sink where packets go, within {@link #add} and {@link #flush}
     */
    public Coalescer(boolean udpAllowed, Sink sink) {
        this.udpAllowed = udpAllowed;
        this.sink = sink;
        for (int i = 0; i < MAX_FLOWS; i++) {
            flows[i] = new Flow();
        }
    }

    /**
     * Takes one IP packet: copies it, or writes it straight through.
     *
     * @param length octets of the packet as its header says, at most 65,575
     */
    public void add(byte[] packet, int offset, int length) {
        switch (incoming.read(packet, offset, length, udpAllowed)) {
            case FOREIGN -> writeSingle(packet, offset, length);
            case UNKEYED -> {
                closeBetweenSameAddresses();
                writeSingle(packet, offset, length);
            }
            case ALONE -> {
                closeIfOpen(place());
                writeSingle(packet, offset, length);
            }
            case MERGEABLE -> merge(packet, offset, length);
        }
    }

    /** Writes everything that is open: the end of a batch. */
    public void flush() {
        while (open > 0) {
            close(0);
        }
    }

    private void merge(byte[] packet, int offset, int length) {
        int place = place();
        if (place < open) {
            Flow flow = flows[place];
            if (flow.continues(incoming) && flow.append(incoming)) {
                if (flow.isClosed()) {
                    close(place);
                }
                return;
            }
            close(place);
        }
        if (incoming.isLast) {
            writeSingle(packet, offset, length);
            return;
        }
        if (open == MAX_FLOWS) {
            close(0);
        }
        flows[open++].open(incoming);
    }

    /** Where the packet's flow is; {@link #open} where it is not open. */
    private int place() {
        int place = 0;
        while (place < open && !flows[place].isOf(incoming)) {
            place++;
        }
        return place;
    }

    private void closeBetweenSameAddresses() {
        int place = 0;
        while (place < open) {
            if (flows[place].sharesAddresses(incoming)) {
                close(place);
            } else {
                place++;
            }
        }
    }

    private void closeIfOpen(int place) {
        if (place < open) {
            close(place);
        }
    }

    private void close(int place) {
        Flow flow = flows[place];
        flow.write(sink);
        open--;
        // So few that moving them up costs less than a list; the flow just left, warm in the cache, is the next to
        // open.
        for (int i = place; i < open; i++) {
            flows[i] = flows[i + 1];
        }
        flows[open] = flow;
    }

    private void writeSingle(byte[] packet, int offset, int length) {
        System.arraycopy(packet, offset, single, VirtioNetHeader.OCTETS, length);
        sink.write(single, 0, VirtioNetHeader.OCTETS + length, 1);
    }
}
