package io.twinspan.daemon.io;

import java.net.InetAddress;

/** Hears what the kernel and the network say about our paths. Anybody can forge ICMP: reason to look, and no more. */
public interface HostNews {
    /**
     * An ICMP error quotes a packet of ours.
     *
     * @param local its source
     * @param remote its destination
     * @param type of the error
     * @param code of the error
     */
    void icmpError(InetAddress local, InetAddress remote, int type, int code);

    /** A link or an address of this host has changed. */
    void linksChanged();
}
