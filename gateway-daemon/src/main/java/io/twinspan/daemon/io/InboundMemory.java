package io.twinspan.daemon.io;

import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.sys.ReceiveBatch;

/** What the descriptors of the inbound loop share, since the loop serves one at a time. Confined to it. */
final class InboundMemory implements AutoCloseable {
    private static final int MESSAGES_EACH_CALL = 16;

    private final ReceiveBatch received = new ReceiveBatch(MESSAGES_EACH_CALL);
    private final PacketSlot packet = new PacketSlab(1).take();

    ReceiveBatch received() {
        return received;
    }

    PacketSlot packet() {
        return packet;
    }

    @Override
    public void close() {
        received.close();
    }
}
