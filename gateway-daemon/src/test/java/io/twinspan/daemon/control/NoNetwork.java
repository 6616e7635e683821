package io.twinspan.daemon.control;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.ike.DatagramSender;

/** Nothing that is sent arrives. */
final class NoNetwork implements DatagramSender {
    @Override
    public void send(Endpoint local, Endpoint remote, byte[] message) {}

    @Override
    public void sendKeepalive(Endpoint local, Endpoint remote) {}
}
