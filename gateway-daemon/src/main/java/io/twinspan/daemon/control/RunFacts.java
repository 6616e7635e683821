package io.twinspan.daemon.control;

import io.twinspan.crypto.engine.EngineReport;

/**
 * What stays the same for as long as the daemon runs.
 *
 * @param version of the daemon
 * @param engines what seals and opens packets
 */
public record RunFacts(String version, EngineReport engines) {}
