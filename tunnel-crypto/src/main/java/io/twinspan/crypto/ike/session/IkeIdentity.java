package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.message.PeerText;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An identification payload's content (RFC 7296 section 3.5): a type and octets, compared octet for octet.
 *
 * @param type ID type, 0..255
 * @param data the octets after the reserved ones
 */
public record IkeIdentity(int type, byte[] data) {
    public static final int ID_IPV4_ADDR = 1;
    public static final int ID_FQDN = 2;
    public static final int ID_RFC822_ADDR = 3;
    public static final int ID_IPV6_ADDR = 5;
    public static final int ID_KEY_ID = 11;

    public IkeIdentity {
        data = data.clone();
    }

    /** ID_IPV4_ADDR or ID_IPV6_ADDR. */
    public static IkeIdentity ofAddress(InetAddress address) {
        byte[] octets = address.getAddress();
        return new IkeIdentity(octets.length == 4 ? ID_IPV4_ADDR : ID_IPV6_ADDR, octets);
    }

    /** ID_FQDN. */
    public static IkeIdentity ofName(String name) {
        return new IkeIdentity(ID_FQDN, name.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IkeIdentity identity && type == identity.type && Arrays.equals(data, identity.data);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(data);
    }

    /** For people; octets of the peer never appear raw. */
    @Override
    public String toString() {
        if ((type == ID_IPV4_ADDR && data.length == 4) || (type == ID_IPV6_ADDR && data.length == 16)) {
            try {
                return InetAddress.getByAddress(data).getHostAddress();
            } catch (java.net.UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
        String text = PeerText.escape(Octets.copyOf(data));
        return type == ID_FQDN || type == ID_RFC822_ADDR ? text : "type " + type + " " + text;
    }
}
