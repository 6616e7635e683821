/**
 * Addresses and routes of the TUN devices, over rtnetlink(7). Runs on the thread that starts and stops the gateway.
 *
 * <p>The order of installing is what keeps plaintext inside: first a blackhole route for every protected prefix, then the
 * device with its address, then the route into the device with a better metric. The blackhole outlives a killed daemon; the
 * device and the routes into it die with its descriptor. Everything is marked with a route protocol number of our own, so
 * that the next start finds what is left over, and nothing that bears another number is ever touched (RFC 4301 section 5.1).
 */
@NullMarked
package io.twinspan.daemon.routing;

import org.jspecify.annotations.NullMarked;
