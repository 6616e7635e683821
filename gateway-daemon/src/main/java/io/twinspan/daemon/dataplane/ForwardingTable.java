package io.twinspan.daemon.dataplane;

/**
 * Which tunnel carries what, on the outbound loop. Immutable; moving traffic is replacing this table by one command.
 */
final class ForwardingTable {
    private final PrefixSet protectedPrefixes;
    private final IpAddressKey[] pinned;
    private final int[] pinnedTo;
    private final int[] active;

    private ForwardingTable(PrefixSet protectedPrefixes, IpAddressKey[] pinned, int[] pinnedTo, int[] active) {
        this.protectedPrefixes = protectedPrefixes;
        this.pinned = pinned;
        this.pinnedTo = pinnedTo;
        this.active = active;
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
        return new ForwardingTable(new PrefixSet(plan.remotePrefixes()), pinned, pinnedTo, new int[0]);
    }

    /** The same table with other tunnels active. */
    ForwardingTable with(Forwarding forwarding) {
        int[] tunnels =
                forwarding.tunnels().stream().mapToInt(Integer::intValue).toArray();
        return new ForwardingTable(protectedPrefixes, pinned, pinnedTo, tunnels);
    }

    /** The same tunnels for other networks. */
    ForwardingTable with(PrefixSet newProtectedPrefixes) {
        return new ForwardingTable(newProtectedPrefixes, pinned, pinnedTo, active);
    }

    /** How many tunnels share the traffic. */
    int activeCount() {
        return active.length;
    }

    /** One of the active tunnels, by a number that wraps; {@link DataPlane#NO_TUNNEL} where none is. */
    int active(int index) {
        return active.length == 0 ? DataPlane.NO_TUNNEL : active[index % active.length];
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
