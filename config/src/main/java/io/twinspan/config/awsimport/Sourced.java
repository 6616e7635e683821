package io.twinspan.config.awsimport;

import java.util.function.Function;

/** A value with the place it came from, in words: {@code JSON Options.TunnelOptions[1].TunnelInsideCidr}. */
record Sourced<T>(T value, String origin) {
    <R> Sourced<R> map(Function<T, R> function) {
        return new Sourced<>(function.apply(value), origin);
    }
}
