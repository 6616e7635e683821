package io.twinspan.crypto.engine;

/** An engine that was not taken, and why, in words for the operator. */
public record PassedOver(EngineName engine, CipherSpeed speed, String reason) {}
