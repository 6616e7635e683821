/**
 * Packet memory: heap arrays made once, with room in front for ESP headers and behind for padding and ICV. A packet is a
 * range of such an array. Used on one loop each; allocates nothing after start.
 */
@NullMarked
package io.twinspan.daemon.buffer;

import org.jspecify.annotations.NullMarked;
