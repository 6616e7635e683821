/**
 * The way in: {@link io.twinspan.config.ConfigLoader} turns a file into a checked {@link
 * io.twinspan.config.model.GatewayConfig} or into the list of everything that is wrong with it, and {@link
 * io.twinspan.config.ProblemPrinter} shows that list. Runs on the calling thread and blocks on the disk.
 */
@NullMarked
package io.twinspan.config;

import org.jspecify.annotations.NullMarked;
