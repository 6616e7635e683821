package io.twinspan.daemon.buffer;

/** The packet slots of one loop, made at its start. Owned by that loop. */
public final class PacketSlab {
    private final PacketSlot[] free;
    private int freeCount;

    /** A slab of so many slots. */
    public PacketSlab(int slots) {
        free = new PacketSlot[slots];
        for (int i = 0; i < slots; i++) {
            free[i] = new PacketSlot();
        }
        freeCount = slots;
    }

    /**
     * Takes a slot out.
     *
     * @throws IllegalStateException where none is left: the caller holds more than it promised, which is a bug
     */
    public PacketSlot take() {
        if (freeCount == 0) {
            throw new IllegalStateException("all " + free.length + " packet slots are in use");
        }
        freeCount--;
        PacketSlot slot = free[freeCount];
        slot.reset();
        return slot;
    }

    /** How many slots can still be taken. */
    public int available() {
        return freeCount;
    }

    /** Gives a slot back. */
    public void give(PacketSlot slot) {
        for (int i = 0; i < freeCount; i++) {
            assert free[i] != slot : "a packet slot was given back twice";
        }
        free[freeCount] = slot;
        freeCount++;
    }
}
