package io.twinspan.daemon.lab;

/** Which way a packet crosses the lab's internet. */
public enum LinkDirection {
    /** From the gateway to an AWS endpoint. */
    TO_AWS,
    /** From an AWS endpoint to the gateway. */
    TO_GATEWAY
}
