package io.twinspan.daemon.sys;

import java.net.InetAddress;

/**
 * An address of a device.
 *
 * @param address the device's own
 * @param prefixLength of the network it is in, in bits
 */
public record DeviceAddress(InetAddress address, int prefixLength) {}
