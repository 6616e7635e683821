/**
 * The configuration as the rest of the gateway sees it: immutable records that hold only what has been checked. No files,
 * no line numbers, no lookups.
 */
@NullMarked
package io.twinspan.config.model;

import org.jspecify.annotations.NullMarked;
