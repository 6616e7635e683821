package io.twinspan.daemon.ike;

import io.twinspan.crypto.net.Endpoint;

/** Takes IKE datagrams from ports 500 and 4500, on the control loop, the non-ESP marker already removed. */
@FunctionalInterface
public interface IkeDatagramSink {
    /** The array is the receiver's to keep. */
    void onDatagram(Endpoint local, Endpoint remote, byte[] message);
}
