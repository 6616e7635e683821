package io.twinspan.daemon.ike;

import io.twinspan.crypto.net.Endpoint;

/** Sends IKE datagrams from our ports 500 and 4500. Called on the control loop; never blocks. */
public interface DatagramSender {
    /** Sends one IKE message; puts the four zero octets of RFC 3948 section 2.2 in front where {@code local} is port 4500. */
    void send(Endpoint local, Endpoint remote, byte[] message);

    /** Sends the one-octet NAT keepalive. */
    void sendKeepalive(Endpoint local, Endpoint remote);
}
