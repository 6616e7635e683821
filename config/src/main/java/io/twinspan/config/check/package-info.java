/**
 * Rules that look at more than one value: AWS's limits, addresses and prefixes that clash, suites that are weak, secrets.
 * Each rule adds problems and never throws; all rules run even where others found errors, on whatever could be decoded.
 * Files are touched only by {@link io.twinspan.config.check.SecretSource}.
 */
@NullMarked
package io.twinspan.config.check;

import org.jspecify.annotations.NullMarked;
