/**
 * What lies between two configurations, and what it would disturb to go from one to the other. Pure: compares models, knows
 * nothing of what runs.
 *
 * <p>{@link io.twinspan.config.diff.Settings} has a row for every component of every record of the model; a test holds it
 * against the records, so that a new setting cannot be forgotten.
 */
@NullMarked
package io.twinspan.config.diff;

import org.jspecify.annotations.NullMarked;
