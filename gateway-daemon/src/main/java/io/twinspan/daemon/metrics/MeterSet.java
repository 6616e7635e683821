package io.twinspan.daemon.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;

/** Meters that share tags and come and go together. Thread-safe. */
final class MeterSet implements AutoCloseable {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Collection<Meter> meters = new ConcurrentLinkedQueue<>();

    /** Micrometer keeps only weak references to what it reads. */
    private final Collection<DoubleSupplier> sources = new ConcurrentLinkedQueue<>();

    MeterSet(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** A value that goes up and down; not a number where there is none. */
    void gauge(String name, String help, DoubleSupplier value, String... more) {
        meters.add(Gauge.builder(name, keep(value), DoubleSupplier::getAsDouble)
                .description(help)
                .tags(tags.and(more))
                .register(registry));
    }

    /** A count that somebody else keeps. */
    void counter(String name, String help, DoubleSupplier count, String... more) {
        meters.add(FunctionCounter.builder(name, keep(count), DoubleSupplier::getAsDouble)
                .description(help)
                .tags(tags.and(more))
                .register(registry));
    }

    /** A count that is kept here, from zero. */
    Counter count(String name, String help, String... more) {
        Counter counter =
                Counter.builder(name).description(help).tags(tags.and(more)).register(registry);
        meters.add(counter);
        return counter;
    }

    /** Durations in fixed buckets. */
    Timer timer(String name, String help, Duration[] buckets, String... more) {
        Timer timer = Timer.builder(name)
                .description(help)
                .tags(tags.and(more))
                .serviceLevelObjectives(buckets)
                .register(registry);
        meters.add(timer);
        return timer;
    }

    /** Removes all of them. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
        sources.clear();
    }

    private DoubleSupplier keep(DoubleSupplier source) {
        sources.add(source);
        return source;
    }
}
