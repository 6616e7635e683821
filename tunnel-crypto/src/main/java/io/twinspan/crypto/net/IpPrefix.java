package io.twinspan.crypto.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 prefix with no host bits set.
 *
 * @param address the network address
 * @param length prefix length in bits, 0..32 or 0..128
 */
public record IpPrefix(InetAddress address, int length) {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]{0,45}:[0-9a-fA-F:.]{0,45}");

    public IpPrefix {
        int bits = address.getAddress().length * 8;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + bits);
        }
        if (!Arrays.equals(address.getAddress(), masked(address.getAddress(), length))) {
            throw new IllegalArgumentException(address.getHostAddress() + "/" + length + " has host bits set");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a bare address, which is a host prefix.
     *
     * @throws IllegalArgumentException with a sentence for people where the text is no prefix
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = parseAddress(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        int length = bits;
        if (slash >= 0) {
            try {
                length = Integer.parseInt(text.substring(slash + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' has no prefix length after the slash", e);
            }
        }
        return new IpPrefix(address, length);
    }

    /**
     * Reads a literal IPv4 or IPv6 address and never asks a resolver. Four numbers for IPv4, RFC 6943 section 3.1.1: what
     * else C libraries take, {@code 10.1} for {@code 10.0.0.1}, is a slip here.
     *
     * @throws IllegalArgumentException where the text is not a literal address
     */
    public static InetAddress parseAddress(String text) {
        try {
            if (LITERAL.matcher(text).matches()) {
                return InetAddress.ofLiteral(text);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 or IPv6 address", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not an IPv4 or IPv6 address");
    }

    /** The prefix of this length that holds the address; host bits are cleared. */
    public static IpPrefix of(InetAddress address, int length) {
        try {
            return new IpPrefix(InetAddress.getByAddress(masked(address.getAddress(), length)), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True where the address is of this family and inside the prefix. */
    public boolean contains(InetAddress other) {
        byte[] octets = other.getAddress();
        return octets.length == address.getAddress().length
                && Arrays.equals(masked(octets, length), address.getAddress());
    }

    /** True where some address is in both. */
    public boolean overlaps(IpPrefix other) {
        return length <= other.length ? contains(other.address) : other.contains(address);
    }

    private static byte[] masked(byte[] octets, int length) {
        byte[] result = octets.clone();
        for (int bit = length; bit < result.length * 8; bit++) {
            result[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
        return result;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
