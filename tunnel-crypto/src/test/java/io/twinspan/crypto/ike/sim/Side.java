package io.twinspan.crypto.ike.sim;

/** The two gateways of a world. */
public enum Side {
    LEFT,
    RIGHT;

    /** The gateway at the other end. */
    public Side other() {
        return this == LEFT ? RIGHT : LEFT;
    }
}
