package io.twinspan.crypto.engine;

import io.twinspan.crypto.primitive.PacketCipherEngine;

/**
 * The outcome of choosing.
 *
 * @param engine makes each cipher by the engine that was taken for its family
 */
public record EngineChoice(PacketCipherEngine engine, EngineReport report) {}
