/**
 * YAML tree to typed values, and typed values to the model.
 *
 * <p>{@link io.twinspan.config.bind.ConfigKeys} holds the tables of every key that exists; a key names its decoder, so an
 * unknown key, a wrong type and a wrong unit are found in one walk that reports all of them. {@link
 * io.twinspan.config.bind.TunnelView} then answers "what holds for this tunnel": its own setting, else the connection's.
 * {@link io.twinspan.config.bind.ModelBuilder} adds the defaults and makes the model's records, and runs only when nothing
 * was wrong. No files, no lookups.
 */
@NullMarked
package io.twinspan.config.bind;

import org.jspecify.annotations.NullMarked;
