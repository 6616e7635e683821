package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.net.Endpoint;
import java.net.InetAddress;

/** News from a data loop to the control loop, over a bounded queue. */
public sealed interface SaEvent {
    /** Tells a listener; on the control loop. */
    void deliver(DataPlaneListener listener);

    /** See {@link DataPlaneListener#firstAuthenticated}. */
    record FirstAuthenticated(int tunnel, int inboundSpi, long atNanos) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.firstAuthenticated(tunnel, inboundSpi, atNanos);
        }
    }

    /** See {@link DataPlaneListener#nearlyExhausted}. */
    record NearlyExhausted(int tunnel, int inboundSpi) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.nearlyExhausted(tunnel, inboundSpi);
        }
    }

    /** See {@link DataPlaneListener#peerMoved}. */
    record PeerMoved(int tunnel, int inboundSpi, Endpoint remote) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.peerMoved(tunnel, inboundSpi, remote);
        }
    }

    /** See {@link DataPlaneListener#unknownSpi}. */
    record UnknownSpi(Endpoint local, Endpoint remote, int spi) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.unknownSpi(local, remote, spi);
        }
    }

    /** See {@link DataPlaneListener#probeSent}. */
    record ProbeSent(ProbeKind kind, int sequence, int tunnel, long atNanos) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.probeSent(kind, sequence, tunnel, atNanos);
        }
    }

    /** See {@link DataPlaneListener#probeAnswered}. */
    record ProbeAnswered(ProbeKind kind, int sequence, int tunnel, int innerOctets, long sentNanos, long atNanos)
            implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.probeAnswered(kind, sequence, tunnel, innerOctets, sentNanos, atNanos);
        }
    }

    /** See {@link DataPlaneListener#firstForwarded}. */
    record FirstForwarded(int tunnel, long atNanos) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.firstForwarded(tunnel, atNanos);
        }
    }

    /** See {@link DataPlaneListener#tooBig}. */
    @SuppressWarnings("ArrayRecordComponent")
    record TooBig(int tunnel, InetAddress sender, byte[] message) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.tooBig(tunnel, sender, message);
        }
    }

    /** See {@link DataPlaneListener#deviceLost}. */
    record DeviceLost(String device, String reason) implements SaEvent {
        @Override
        public void deliver(DataPlaneListener listener) {
            listener.deviceLost(device, reason);
        }
    }
}
