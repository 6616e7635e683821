package io.twinspan.config.bind;

import java.net.InetAddress;

/** An inside address with the length of its network, as in {@code 169.254.15.194/30}. */
public record InsideAddress(InetAddress address, int prefixLength) {}
