package io.twinspan.daemon.dataplane;

/**
 * Which tunnel carries what, on the outbound loop. Immutable; moving traffic is replacing this table by one command.
 */
final class ForwardingTable {
    private final PrefixSet protectedPrefixes;
    private final IpAddressKey[] pinned;
    private final int[] pinnedTo;
    private final int activeTunnel;

    private ForwardingTable(PrefixSet protectedPrefixes, IpAddressKey[] pinned, int[] pinnedTo, int activeTunnel) {
        this.protectedPrefixes = protectedPrefixes;
        this.pinned = pinned;
        this.pinnedTo = pinnedTo;
        this.activeTunnel = activeTunnel;
    }

    /** The table of a connection with no tunnel active. */
    static ForwardingTable of(ConnectionPlan plan) {
        int count = plan.tunnels().size();
        IpAddressKey[] pinned = new IpAddressKey[count];
        int[] pinnedTo = new int[count];
        for (int i = 0; i < count; i++) {
            pinned[i] = IpAddressKey.of(plan.tunnels().get(i).insideRemote());
            pinnedTo[i] = plan.tunnels().get(i).number();
        }
        return new ForwardingTable(new PrefixSet(plan.remotePrefixes()), pinned, pinnedTo, DataPlane.NO_TUNNEL);
    }

    /** The same table with another tunnel active. */
    ForwardingTable withActive(int tunnel) {
        return new ForwardingTable(protectedPrefixes, pinned, pinnedTo, tunnel);
    }

    /** The active tunnel, or {@link DataPlane#NO_TUNNEL}. */
    int activeTunnel() {
        return activeTunnel;
    }

    /** The tunnel on which the destination is an inside address of the peer, or {@link DataPlane#NO_TUNNEL}. */
    int pinnedTunnel(PacketAddresses packet) {
        for (int i = 0; i < pinned.length; i++) {
            if (packet.destinationIs(pinned[i])) {
                return pinnedTo[i];
            }
        }
        return DataPlane.NO_TUNNEL;
    }

    /** True where the destination is in a protected prefix. */
    boolean isProtected(PacketAddresses packet) {
        return packet.destinationIn(protectedPrefixes);
    }
}
