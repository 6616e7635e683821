package io.twinspan.crypto.net;

import java.net.InetAddress;

/** A UDP endpoint: address and port, never looked up. Port 0 stands where only the address matters (raw ESP). */
public record Endpoint(InetAddress address, int port) {
    public Endpoint {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }

    /** The same address with another port. */
    public Endpoint withPort(int newPort) {
        return new Endpoint(address, newPort);
    }

    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
