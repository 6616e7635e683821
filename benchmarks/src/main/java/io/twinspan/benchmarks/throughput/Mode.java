package io.twinspan.benchmarks.throughput;

import java.util.List;
import java.util.Locale;

/** How packets travel on the outside link. */
enum Mode {
    /** As the link is: super-packets cross it whole, as between virtual machines of one host. */
    WHOLE,
    /** Offloads off on both ends: single packets travel, as on a real line. */
    WIRE;

    /** What {@code ethtool -K DEVICE} is told, empty for nothing. */
    List<String> features() {
        return switch (this) {
            case WHOLE -> List.of();
            case WIRE -> List.of("tx-udp-segmentation", "off", "tso", "off", "gso", "off", "gro", "off");
        };
    }

    /** The word on the command line and in tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a word. */
    static Mode of(String word) {
        for (Mode mode : values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("there is no mode '" + word + "': whole or wire");
    }
}
