package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.util.Locale;

/**
 * A packet that somebody asks about.
 *
 * @param source its sender
 * @param sourcePort of TCP and UDP
 * @param destination its receiver
 * @param destinationPort of TCP and UDP
 * @param protocol what it carries
 * @param octets its whole length
 * @param dontFragment DF of IPv4
 * @param device where it comes in; empty for the device that leads to its sender
 * @param mark of the kernel's packet, for policy routing; 0 for none
 */
public record TraceQuery(
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        Protocol protocol,
        int octets,
        boolean dontFragment,
        String device,
        int mark) {
    private static final int MAX_OCTETS = 65_535;
    private static final int MAX_PORT = 65_535;
    private static final int EPHEMERAL_PORT = 40_000;

    /** What may be asked about. */
    public enum Protocol {
        TCP(6, 6, 20),
        UDP(17, 17, 8),
        ICMP(1, 58, 8);

        private final int ipv4Number;
        private final int ipv6Number;
        private final int headerOctets;

        Protocol(int ipv4Number, int ipv6Number, int headerOctets) {
            this.ipv4Number = ipv4Number;
            this.ipv6Number = ipv6Number;
            this.headerOctets = headerOctets;
        }

        int number(boolean ipv6) {
            return ipv6 ? ipv6Number : ipv4Number;
        }

        int headerOctets() {
            return headerOctets;
        }

        /** The word in queries. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses what is no packet, with a sentence. */
    public TraceQuery {
        if (source.getAddress().length != destination.getAddress().length) {
            throw new IllegalArgumentException("source and destination are not of one family");
        }
        int least = headerOctets(source) + protocol.headerOctets();
        if (octets < least || octets > MAX_OCTETS) {
            throw new IllegalArgumentException("a size is from " + least + " to " + MAX_OCTETS + " octets here");
        }
        if (sourcePort < 0 || sourcePort > MAX_PORT || destinationPort < 0 || destinationPort > MAX_PORT) {
            throw new IllegalArgumentException("a port is from 0 to " + MAX_PORT);
        }
    }

    /** True for IPv6. */
    public boolean isIpv6() {
        return source.getAddress().length == 16;
    }

    static int headerOctets(InetAddress address) {
        return address.getAddress().length == 16 ? 40 : 20;
    }

    /**
     * Reads what a user types.
     *
     * @param from {@code ADDRESS} or {@code ADDRESS:PORT}, {@code [ADDRESS]:PORT} for IPv6
     * @param to the same
     * @param protocolName tcp, udp or icmp; empty for tcp where there is a port, else icmp
     * @param size octets of the packet; empty for the smallest
     * @param df yes, no, or empty for what hosts usually set: yes for TCP
     * @throws IllegalArgumentException where it is no packet, with a sentence
     */
    public static TraceQuery parse(
            String from, String to, String protocolName, String size, String df, String device, String mark) {
        if (!df.matches("(yes|no)?")) {
            throw new IllegalArgumentException("df is yes or no, and not '" + df + "'");
        }
        Host source = Host.parse(from);
        Host destination = Host.parse(to);
        Protocol protocol =
                protocolName.isEmpty() ? destination.port() > 0 ? Protocol.TCP : Protocol.ICMP : protocol(protocolName);
        int least = headerOctets(source.address()) + protocol.headerOctets();
        return new TraceQuery(
                source.address(),
                source.port() > 0 ? source.port() : EPHEMERAL_PORT,
                destination.address(),
                destination.port(),
                protocol,
                size.isEmpty() ? least : number(size, "size"),
                df.isEmpty() ? protocol == Protocol.TCP : df.equals("yes"),
                device,
                mark.isEmpty() ? 0 : number(mark, "mark"));
    }

    private static Protocol protocol(String name) {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.label().equals(name)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is none of tcp, udp, icmp");
    }

    private static int number(String text, String what) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("the " + what + " '" + text + "' is no number");
        }
        return Integer.parseInt(text);
    }

    /** An address with a port, 0 for none. */
    private record Host(InetAddress address, int port) {
        static Host parse(String text) {
            int bracket = text.indexOf(']');
            int colon = text.lastIndexOf(':');
            boolean ipv6 = text.indexOf(':') != colon;
            if (colon < 0 || (ipv6 && bracket < 0)) {
                return new Host(IpPrefix.parseAddress(text), 0);
            }
            boolean bare = ipv6 && bracket == text.length() - 1;
            String address = ipv6 ? text.substring(1, bracket) : text.substring(0, colon);
            return new Host(IpPrefix.parseAddress(address), bare ? 0 : number(text.substring(colon + 1), "port"));
        }
    }
}
