package io.twinspan.daemon.dataplane;

import java.net.InetAddress;

/**
 * An ICMP echo to be sent inside a tunnel (RFC 792, RFC 4443 section 4.1).
 *
 * @param kind who asked
 * @param tunnel 1 or 2, or {@link DataPlane#NO_TUNNEL} for the tunnel that carries the protected prefixes at that instant
 * @param source inner source; the unspecified address stands for our inside address of the tunnel
 * @param target inner destination; the unspecified address stands for the peer's inside address of the tunnel
 * @param sequence names the probe among those of its kind
 * @param innerOctets length of the inner packet; less than {@link #MIN_IPV4_OCTETS} or {@link #MIN_IPV6_OCTETS} is filled up
 * @param unfragmented true sets DF on the outer packet, so that a hop that is too narrow drops it
 */
public record Probe(
        ProbeKind kind,
        int tunnel,
        InetAddress source,
        InetAddress target,
        int sequence,
        int innerOctets,
        boolean unfragmented) {
    /** IPv4 header, ICMP header and the probe's own record. */
    public static final int MIN_IPV4_OCTETS = 20 + ProbeFormat.ECHO_OCTETS;

    /** IPv6 header, ICMPv6 header and the probe's own record. */
    public static final int MIN_IPV6_OCTETS = 40 + ProbeFormat.ECHO_OCTETS;

    private static final InetAddress OWN = IpAddressKey.toAddress(0, IpAddressKey.ofIpv4(0));

    /** A small probe between the inside addresses of a tunnel. */
    public static Probe toPeer(ProbeKind kind, int tunnel, int sequence) {
        return new Probe(kind, tunnel, OWN, OWN, sequence, MIN_IPV4_OCTETS, false);
    }

    /** A probe between the inside addresses whose outer packet must not be fragmented. */
    public static Probe ofSize(int tunnel, int sequence, int innerOctets) {
        return new Probe(ProbeKind.MTU, tunnel, OWN, OWN, sequence, innerOctets, true);
    }

    /** A small probe from our inside address to some other address on the peer's side. */
    public static Probe toTarget(ProbeKind kind, int tunnel, InetAddress target, int sequence) {
        return new Probe(kind, tunnel, OWN, target, sequence, MIN_IPV4_OCTETS, false);
    }
}
