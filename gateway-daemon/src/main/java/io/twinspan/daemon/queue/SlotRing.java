package io.twinspan.daemon.queue;

import io.twinspan.daemon.buffer.PacketSlot;
import org.jspecify.annotations.Nullable;

/** A bounded queue of slots, first in, first out. */
final class SlotRing {
    private final @Nullable PacketSlot[] slots;
    private int head;
    private int size;

    SlotRing(int capacity) {
        slots = new @Nullable PacketSlot[capacity];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == slots.length;
    }

    /** Puts a slot behind the others; there must be room. */
    void add(PacketSlot slot) {
        int tail = head + size;
        slots[tail < slots.length ? tail : tail - slots.length] = slot;
        size++;
    }

    /** The first slot, which stays. */
    @Nullable
    PacketSlot peek() {
        return size == 0 ? null : slots[head];
    }

    @Nullable
    PacketSlot poll() {
        if (size == 0) {
            return null;
        }
        PacketSlot slot = slots[head];
        slots[head] = null;
        head = head + 1 == slots.length ? 0 : head + 1;
        size--;
        return slot;
    }
}
