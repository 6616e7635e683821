package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.testing.CapturedDatagrams;
import java.util.List;
import java.util.stream.Stream;

/** The captured conversations under {@code vectors/ike}. */
public final class IkeCaptures {
    /** Version 2 conversations with known keys. */
    public static final List<String> DECRYPTABLE = List.of(
            "/vectors/ike/captures/ikev2-decrypt-3des-sha1_160.pcap",
            "/vectors/ike/captures/ikev2-decrypt-aes128ccm12.pcap",
            "/vectors/ike/captures/ikev2-decrypt-aes192ctr.pcap",
            "/vectors/ike/captures/ikev2-decrypt-aes256gcm16.pcap");

    /** Version 2 conversations of other daemons. */
    public static final List<String> VERSION_2 = List.of(
            "/vectors/ike/wire/scapy-ikev2_nat_t.pcapng",
            "/vectors/ike/wire/scapy-ikev2_notify_redirect.pcap",
            "/vectors/ike/wire/suricata-verify-ikev2-weak-dh.pcap",
            "/vectors/ike/wire/zeek-spicy-ipsec-client-ip-fragmented-ike-auth.pcap");

    /** IKEv1, early drafts and files made to crash a parser. */
    public static final List<String> HOSTILE = List.of(
            "/vectors/ike/wire/ikev2pI2.pcap",
            "/vectors/ike/wire/isakmp-delete-segfault.pcap",
            "/vectors/ike/wire/isakmp-pointer-loop.pcap",
            "/vectors/ike/wire/isakmp-rfc3948-oobr.pcap",
            "/vectors/ike/wire/isakmpv1-attr-oobr.pcap",
            "/vectors/ike/wire/zeek-spicy-ikev1-payload-bad-length.pcap",
            "/vectors/ike/wire/zeek-spicy-ikev1-zero-length.pcap");

    private IkeCaptures() {}

    /** Every message of every capture. */
    public static List<byte[]> all() {
        return Stream.of(DECRYPTABLE, VERSION_2, HOSTILE)
                .flatMap(List::stream)
                .flatMap(file -> CapturedDatagrams.ike(file).stream())
                .toList();
    }
}
