package io.twinspan.daemon.queue;

import io.twinspan.daemon.buffer.PacketSlot;

/** Told by an {@link EgressQueue} what queue management did, to count it. The slot may be looked at, not kept. */
public interface AqmListener {
    /** This packet, or one segment of this super-packet, is dropped. */
    void dropped(PacketSlot packet);

    /** This packet, with all its segments, now says that it met congestion. */
    void marked(PacketSlot packet);
}
