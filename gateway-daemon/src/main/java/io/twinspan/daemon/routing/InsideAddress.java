package io.twinspan.daemon.routing;

import java.net.InetAddress;

/**
 * An address of a TUN device.
 *
 * @param local our inside address
 * @param prefixLength length of the inside network, usually 30
 */
public record InsideAddress(InetAddress local, int prefixLength) {}
