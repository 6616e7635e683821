package io.twinspan.daemon.dataplane;

/** Picks the tunnel of an outbound packet. Owned by the outbound loop. */
final class TunnelSelector {
    /** The packet is none of the connection's. */
    static final int NOT_PROTECTED = -1;

    private ForwardingTable table;

    TunnelSelector(ForwardingTable table) {
        this.table = table;
    }

    /** Takes a new table from the next packet on. */
    void use(ForwardingTable newTable) {
        table = newTable;
    }

    /** The tunnel of the protected prefixes, or {@link DataPlane#NO_TUNNEL}. */
    int activeTunnel() {
        return table.activeTunnel();
    }

    /**
     * The tunnel for a packet: its own one for a peer's inside address, the active one for protected prefixes.
     *
     * @return 1 or 2, {@link DataPlane#NO_TUNNEL} or {@link #NOT_PROTECTED}
     */
    int select(PacketAddresses packet) {
        int pinned = table.pinnedTunnel(packet);
        if (pinned != DataPlane.NO_TUNNEL) {
            return pinned;
        }
        return table.isProtected(packet) ? table.activeTunnel() : NOT_PROTECTED;
    }
}
