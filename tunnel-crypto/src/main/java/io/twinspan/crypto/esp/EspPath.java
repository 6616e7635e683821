package io.twinspan.crypto.esp;

import io.twinspan.crypto.net.Endpoint;

/**
 * Where the ESP packets of a child SA travel.
 *
 * @param udpEncapsulated true for RFC 3948 (ESP in UDP), false for IP protocol 50
 * @param local our outside endpoint; the port is meaningful only with UDP
 * @param remote the peer's outside endpoint; follows authenticated packets through a NAT
 */
public record EspPath(boolean udpEncapsulated, Endpoint local, Endpoint remote) {}
