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

    private DrillCatalogue() {}

    /** Reads the text form; empty where it is none. */
    public static Optional<DrillScenario> parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case "one-way-blackhole" -> direction(value);
            case "loss" -> number(value, "%", 30, 10, 60).map(DrillScenario.Loss::new);
            case "latency" -> number(value, "ms", 200, 10, 1_000).map(DrillScenario.Latency::new);
            case "mtu-shrink" -> number(value, "", 1280, 576, 9_000).map(DrillScenario.MtuShrink::new);
            default ->
                colon >= 0
                        ? Optional.empty()
                        : ALL.stream().filter(it -> it.name().equals(name)).findFirst();
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
