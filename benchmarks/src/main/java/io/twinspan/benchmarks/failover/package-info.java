/**
 * How long traffic stands still when a tunnel dies: gateways, AWS endpoints and hosts in namespaces, numbered packets both
 * ways, the lab's own link between gateway and AWS.
 */
@NullMarked
package io.twinspan.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
