package io.twinspan.daemon.reload;

import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.diff.ConfigChange.Kind;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.diff.Disturbance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a change before it is made.
 *
 * @param lines each change with what it disturbs as things stand
 * @param summary sentences about all of it
 */
public record ReloadPreview(List<Line> lines, List<String> summary) {
    public ReloadPreview {
        lines = List.copyOf(lines);
        summary = List.copyOf(summary);
    }

    /**
     * One change.
     *
     * @param disturbs what it interrupts, in words
     */
    public record Line(ConfigChange change, String disturbs) {}

    /**
     * The preview of a change.
     *
     * @param now connections that run, by name
     */
    public static ReloadPreview of(ConfigDelta delta, Map<String, ConnectionStanding> now) {
        List<Line> lines = delta.changes().stream()
                .map(change -> new Line(change, disturbs(change, delta, now)))
                .toList();
        return new ReloadPreview(lines, summary(delta, now));
    }

    private static String disturbs(ConfigChange change, ConfigDelta delta, Map<String, ConnectionStanding> now) {
        if (delta.rebuiltConnections().contains(change.connection())) {
            return "connection " + change.connection() + " restarts";
        }
        return switch (change.disturbs()) {
            case LIVE -> "applied live";
            case NEXT_SA -> "applied live, from the next SA on";
            case TUNNEL -> tunnel(change, now.get(change.connection()));
            case CONNECTION ->
                change.kind() == Kind.ADDED
                        ? "connection " + change.connection() + " comes up"
                        : "connection " + change.connection() + " is taken down";
            case DAEMON -> "waits for a restart of the daemon";
        };
    }

    private static String tunnel(ConfigChange change, @Nullable ConnectionStanding standing) {
        String name = "tunnel " + change.tunnel();
        if (change.path().endsWith(".enabled")) {
            return name + (change.to().equals("true") ? " comes up" : " goes down");
        }
        String renegotiates = name + " renegotiates ";
        if (standing == null || !standing.up().contains(change.tunnel())) {
            return renegotiates + "(it is not up)";
        }
        if (!standing.carrying().contains(change.tunnel())) {
            return renegotiates + "(standby, no traffic moved)";
        }
        int other = standing.other(change.tunnel());
        return renegotiates
                + (other == 0
                        ? "(carries traffic and no other can: it stops until the tunnel is back)"
                        : "(carries traffic, which moves to tunnel " + other + " first)");
    }

    private static List<String> summary(ConfigDelta delta, Map<String, ConnectionStanding> now) {
        List<String> result = new ArrayList<>();
        if (delta.isEmpty()) {
            return List.of("nothing differs from what runs");
        }
        now.forEach((connection, standing) -> {
            Set<Integer> tunnels = delta.renegotiatingTunnels(connection);
            if (!tunnels.isEmpty()) {
                result.add(tunnels.size() + " of " + standing.tunnels() + " tunnels of " + connection
                        + " will renegotiate; " + traffic(tunnels, standing));
            }
        });
        delta.rebuiltConnections()
                .forEach(name -> result.add("connection " + name + " restarts: its traffic is refused,"
                        + " never sent in clear, until a tunnel is up again"));
        if (delta.changes().stream().anyMatch(change -> change.disturbs() == Disturbance.DAEMON)) {
            result.add("some of it waits until the daemon is started anew");
        }
        if (result.isEmpty()) {
            result.add("no tunnel that runs is interrupted");
        }
        return result;
    }

    private static String traffic(Set<Integer> tunnels, ConnectionStanding standing) {
        if (standing.carrying().isEmpty()) {
            return "it carries no traffic now";
        }
        int active = standing.carrying().getFirst();
        if (standing.carrying().stream().noneMatch(tunnels::contains)) {
            return "traffic stays on tunnel " + active;
        }
        int carrier = standing.carrying().stream()
                .filter(tunnels::contains)
                .findFirst()
                .orElse(active);
        int other = standing.other(carrier);
        if (other == 0) {
            return "traffic stops until tunnel " + carrier + " is back";
        }
        return "traffic moves to tunnel " + other + " meanwhile"
                + (tunnels.contains(other) ? ", once that has renegotiated" : "");
    }

    /** What people read: one line for each change, then the summary. */
    public String text() {
        int paths = width(lines.stream().map(line -> line.change().path()).toList());
        int values = width(lines.stream().map(line -> line.change().text()).toList());
        StringBuilder out = new StringBuilder();
        for (Line line : lines) {
            ConfigChange change = line.change();
            out.append(change.kind().mark())
                    .append(' ')
                    .append(padded(change.path(), paths))
                    .append("  ")
                    .append(padded(change.text(), values))
                    .append("  ")
                    .append(line.disturbs())
                    .append('\n');
        }
        summary.forEach(sentence -> out.append(sentence).append('\n'));
        return out.toString();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
