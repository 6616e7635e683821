/**
 * What monitoring sees: meters over the gateway's counters, in the formats of Prometheus, OpenMetrics and OTLP.
 *
 * <p>Two sources. A {@link io.twinspan.daemon.control.MeterReading}, taken in one task of the control loop for each scrape,
 * so that its figures belong together; and events, which the control loop tells as they happen, for histograms and for
 * counts that no snapshot keeps. The packet path is not touched: its counters are read where they are.
 *
 * <p>Every configured tunnel has all its series from the first scrape on. No label but those of a {@code _info} series says
 * anything about a peer or an SA. Everything but the events runs on the metrics thread.
 */
@NullMarked
package io.twinspan.daemon.metrics;

import org.jspecify.annotations.NullMarked;
