package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.Endpoint;

/**
 * Where a datagram came in, or where one is to go.
 *
 * @param local our endpoint
 * @param remote the other one
 */
record Arrival(Endpoint local, Endpoint remote) {}
