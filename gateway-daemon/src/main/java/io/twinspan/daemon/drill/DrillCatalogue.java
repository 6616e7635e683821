package io.twinspan.daemon.drill;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The scenarios there are, and their text forms. */
public final class DrillCatalogue {
    /** One of each kind, with its usual value, in the order of {@code drill list}. */
    public static final List<DrillScenario> ALL = List.of(
            new DrillScenario.Blackhole(),
            new DrillScenario.OneWayBlackhole(false),
            new DrillScenario.Loss(30),
            new DrillScenario.Latency(200),
            new DrillScenario.Planned(),
            new DrillScenario.PeerDelete(),
            new DrillScenario.RekeyStorm(),
            new DrillScenario.MtuShrink(1280),
            new DrillScenario.DaemonRestart());

    private static final int MIN_LOSS = 10;
    private static final int MAX_LOSS = 60;
    private static final int MIN_MILLIS = 10;
    private static final int MAX_MILLIS = 1_000;
    private static final int MIN_OCTETS = 576;
    private static final int MAX_OCTETS = 9_000;

    private DrillCatalogue() {}

    /** Reads the text form; empty where it is none. */
    public static Optional<DrillScenario> parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case "one-way-blackhole" -> direction(value);
            case "loss" -> number(value, "%", 30, MIN_LOSS, MAX_LOSS).map(DrillScenario.Loss::new);
            case "latency" -> number(value, "ms", 200, MIN_MILLIS, MAX_MILLIS).map(DrillScenario.Latency::new);
            case "mtu-shrink" -> number(value, "", 1280, MIN_OCTETS, MAX_OCTETS).map(DrillScenario.MtuShrink::new);
            default ->
                colon >= 0
                        ? Optional.empty()
                        : ALL.stream().filter(it -> it.name().equals(name)).findFirst();
        };
    }

    /** Why a text is no scenario, where {@link #parse} says so: its name is unknown, or its value impossible. */
    public static String complaint(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .map(it -> "'" + text + "' is no drill: " + name + " takes " + values(it))
                .orElse("there is no scenario '" + text + "'");
    }

    private static String values(DrillScenario scenario) {
        return switch (scenario) {
            case DrillScenario.OneWayBlackhole _ -> "out or in";
            case DrillScenario.Loss _ -> MIN_LOSS + " to " + MAX_LOSS + "%";
            case DrillScenario.Latency _ -> MIN_MILLIS + " to " + MAX_MILLIS + "ms";
            case DrillScenario.MtuShrink _ -> MIN_OCTETS + " to " + MAX_OCTETS;
            case DrillScenario.Blackhole _,
                    DrillScenario.Planned _,
                    DrillScenario.PeerDelete _,
                    DrillScenario.RekeyStorm _,
                    DrillScenario.DaemonRestart _ -> "no value";
        };
    }

    private static Optional<DrillScenario> direction(String value) {
        return switch (value) {
            case "", "out" -> Optional.of(new DrillScenario.OneWayBlackhole(false));
            case "in" -> Optional.of(new DrillScenario.OneWayBlackhole(true));
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> number(String text, String unit, int usual, int smallest, int largest) {
        if (text.isEmpty()) {
            return Optional.of(usual);
        }
        String digits =
                !unit.isEmpty() && text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
        return Optional.of(digits)
                .filter(it -> it.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .filter(it -> it >= smallest && it <= largest);
    }
}
