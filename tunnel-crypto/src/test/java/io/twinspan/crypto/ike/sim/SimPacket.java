package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.net.Endpoint;

/** What travels over the simulated network. */
public sealed interface SimPacket {
    /** As the receiver sees it. */
    Endpoint source();

    /** As the receiver sees it. */
    Endpoint destination();

    /** The same packet between other endpoints, as a NAT makes it. */
    SimPacket between(Endpoint newSource, Endpoint newDestination);

    /** An IKE message without the non-ESP marker. */
    record Ike(Endpoint source, Endpoint destination, byte[] message) implements SimPacket {
        @Override
        public Ike between(Endpoint newSource, Endpoint newDestination) {
            return new Ike(newSource, newDestination, message);
        }

        /** The fixed header, read by code of this package alone. */
        public WireHeader header() {
            return WireHeader.read(message);
        }
    }

    /**
     * A packet of model traffic.
     *
     * @param udp in UDP, or protocol 50
     * @param keyFingerprint stands for the octets that these keys would have made
     */
    record Esp(Endpoint source, Endpoint destination, boolean udp, int spi, long sequence, String keyFingerprint)
            implements SimPacket {
        @Override
        public Esp between(Endpoint newSource, Endpoint newDestination) {
            return new Esp(newSource, newDestination, udp, spi, sequence, keyFingerprint);
        }
    }

    /** One octet 0xFF. */
    record Keepalive(Endpoint source, Endpoint destination) implements SimPacket {
        @Override
        public Keepalive between(Endpoint newSource, Endpoint newDestination) {
            return new Keepalive(newSource, newDestination);
        }
    }
}
