package io.twinspan.benchmarks.throughput;

import java.util.Locale;

/** What is measured, with its unit and the column it fills. */
enum Measure {
    TCP_1("tcp-1", "TCP 1", "Mbit/s", 0),
    TCP_4("tcp-4", "TCP 4", "Mbit/s", 0),
    TCP_1_REVERSE("tcp-1-reverse", "TCP 1 reverse", "Mbit/s", 0),
    TCP_4_REVERSE("tcp-4-reverse", "TCP 4 reverse", "Mbit/s", 0),
    /** Both gateways together, over the run with one stream. */
    CPU_PER_GIB("cpu-per-gib", "CPU", "s/GiB", 2),
    CPU_PER_GIB_SENDER("cpu-per-gib-sender", "CPU sender", "s/GiB", 2),
    CPU_PER_GIB_RECEIVER("cpu-per-gib-receiver", "CPU receiver", "s/GiB", 2),
    /** Highest rate that arrives with less than 0.1 % lost. */
    UDP_64_RATE("udp-64", "UDP 64 B", "packets/s", 0),
    /** Both gateways together, at that rate. */
    UDP_64_CPU("udp-64-cpu", "CPU at 64 B", "s/million", 2),
    UDP_1400_RATE("udp-1400", "UDP 1,400 B", "packets/s", 0),
    UDP_1400_CPU("udp-1400-cpu", "CPU at 1,400 B", "s/million", 2),
    /** What the generator alone sends into a gateway that drops all. */
    GENERATOR_64("generator-64", "generator 64 B", "packets/s", 0),
    GENERATOR_1400("generator-1400", "generator 1,400 B", "packets/s", 0),
    PING_IDLE_P50("ping-idle-p50", "ping p50", "µs", 0),
    PING_IDLE_P99("ping-idle-p99", "ping p99", "µs", 0),
    /** While four streams run forward. */
    PING_LOADED_P50("ping-loaded-p50", "ping p50 under load", "µs", 0),
    PING_LOADED_P99("ping-loaded-p99", "ping p99 under load", "µs", 0),
    /** The larger of both gateways, at the end. */
    RESIDENT("resident", "memory", "MiB", 0);

    private final String id;
    private final String title;
    private final String unit;
    private final int decimals;

    Measure(String id, String title, String unit, int decimals) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.decimals = decimals;
    }

    /** The word in raw results. */
    String id() {
        return id;
    }

    /** The head of its column. */
    String title() {
        return title + ", " + unit;
    }

    /** A value as tables show it. */
    String format(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
