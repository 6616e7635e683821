package io.twinspan.daemon.dataplane;

import io.twinspan.daemon.queue.FlowHash;

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

    /** The tunnels of the protected prefixes. */
    ForwardingTable table() {
        return table;
    }

    /** True where the tunnel carries protected traffic. */
    boolean carries(int number) {
        for (int i = 0; i < table.activeCount(); i++) {
            if (table.active(i) == number) {
                return true;
            }
        }
        return false;
    }

    /** True where the packet's tunnel does not depend on which is active. */
    boolean isPinned(PacketAddresses addresses) {
        return table.pinnedTunnel(addresses) != DataPlane.NO_TUNNEL;
    }

    /**
     * The tunnel for a packet: its own one for a peer's inside address, an active one for protected prefixes. Where two are
     * active, all packets of a flow get the same.
     *
     * @return 1 or 2, {@link DataPlane#NO_TUNNEL} or {@link #NOT_PROTECTED}
     */
    int select(PacketAddresses addresses, byte[] octets, int offset, int length) {
        int pinned = table.pinnedTunnel(addresses);
        if (pinned != DataPlane.NO_TUNNEL) {
            return pinned;
        }
        if (!table.isProtected(addresses)) {
            return NOT_PROTECTED;
        }
        return table.activeCount() < 2 ? table.active(0) : table.active(FlowHash.of(octets, offset, length));
    }
}
