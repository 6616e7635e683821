/**
 * Super-packets: what a TUN device with {@code IFF_VNET_HDR} and offloads hands over is cut into the packets that would
 * have travelled without offloads, and packets of one flow are put together again for one write.
 *
 * <p>{@link io.twinspan.crypto.offload.Segmenter} and {@link io.twinspan.crypto.offload.Coalescer} are mutable, belong to
 * one data loop each, work on ranges of {@code byte[]} and allocate nothing after their construction. Any octets are
 * taken; nothing here throws because of what a packet holds. No clock, no threads, no I/O.
 *
 * <p>The rules are those of the Linux kernel's software GSO and GRO, with RFC 6864 (identification), RFC 3168 (ECN),
 * RFC 9293 (TCP), RFC 768 (UDP) and the virtio specification 1.2 section 5.1.6 (the header) behind them.
 */
@NullMarked
package io.twinspan.crypto.offload;

import org.jspecify.annotations.NullMarked;
