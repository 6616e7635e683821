package io.twinspan.daemon.http;

import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillTimes;
import io.twinspan.daemon.drill.FlowBin;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The timeline of a drill as SVG to be put into a page: probes lost and round trips over time, fault and moves marked. */
final class DrillPicture {
    private static final int WIDTH = 960;
    private static final int LEFT = 60;
    private static final int RIGHT = 36;
    private static final int PLOT = WIDTH - LEFT - RIGHT;
    private static final int LOSS_TOP = 40;
    private static final int LOSS_HEIGHT = 60;
    private static final int TRIP_TOP = 125;
    private static final int TRIP_HEIGHT = 100;
    private static final int LANE_TOP = 245;
    private static final int LANE_HEIGHT = 14;
    private static final int CHARACTER_WIDTH = 7;
    private static final int AXIS = 290;
    private static final int HEIGHT = 320;
    private static final int TICKS = 8;
    private static final long SHORTEST_STEP_NANOS = 100_000_000;
    private static final List<Long> ROUND = List.of(1L, 2L, 5L);

    private final DrillReport report;
    private final StringBuilder out = new StringBuilder(32_768);
    private final long spanNanos;

    private DrillPicture(DrillReport report) {
        this.report = report;
        this.spanNanos = Math.max(1, report.binNanos() * report.bins().size());
    }

    static String of(DrillReport report) {
        return new DrillPicture(report).draw();
    }

    private String draw() {
        out.append(String.format(Locale.ROOT, """
                <svg viewBox="0 0 %d %d" role="img" aria-labelledby="pt pd" class="picture">
                <title id="pt">Timeline of the drill</title>
                <desc id="pd">%s The table below has the same.</desc>
                """, WIDTH, HEIGHT, MarkupText.of(description())));
        fault();
        loss();
        roundTrips();
        lanes();
        axis();
        report.moves()
                .forEach(move ->
                        mark(move.switchedNanos(), "mark move", "traffic moved " + move.from() + " to " + move.to()));
        report.timeline().stream().filter(moment -> moment.tunnel() != 0).forEach(this::moment);
        // Last, so that no line crosses a word.
        out.append(String.format(Locale.ROOT, "<text class=\"note\" x=\"%.1f\" y=\"16\">fault</text>\n", x(0)));
        label(LOSS_TOP - 8, "probes lost, %");
        label(TRIP_TOP - 8, "longest round trip, up to " + DrillTimes.show(longestRoundTrip()));
        label(LANE_TOP - 6, "tunnel that carried the probes");
        return out.append("</svg>\n").toString();
    }

    private String description() {
        return "The fault lasted " + DrillTimes.show(report.faultNanos()) + ". Outage out "
                + DrillTimes.show(report.flow().outageOutNanos()) + ", in "
                + DrillTimes.show(report.flow().outageInNanos()) + ", "
                + report.flow().lost() + " of " + report.flow().sent() + " probes lost.";
    }

    private void fault() {
        double from = x(0);
        double to = x(report.faultNanos());
        out.append(String.format(Locale.ROOT, """
                <rect class="fault" x="%.1f" y="20" width="%.1f" height="%d"/>
                """, from, Math.max(1, to - from), AXIS - 20));
    }

    private void loss() {
        baseline(LOSS_TOP + LOSS_HEIGHT);
        List<FlowBin> bins = report.bins();
        for (int i = 0; i < bins.size(); i++) {
            FlowBin bin = bins.get(i);
            if (bin.lost() > 0) {
                double share = (double) bin.lost() / bin.sent();
                bar("lost", i, LOSS_TOP, LOSS_HEIGHT, share);
            }
        }
    }

    private void roundTrips() {
        baseline(TRIP_TOP + TRIP_HEIGHT);
        long longest = Math.max(1, longestRoundTrip());
        List<FlowBin> bins = report.bins();
        for (int i = 0; i < bins.size(); i++) {
            if (bins.get(i).longestRoundTripNanos() > 0) {
                bar("trip", i, TRIP_TOP, TRIP_HEIGHT, (double) bins.get(i).longestRoundTripNanos() / longest);
            }
        }
    }

    private long longestRoundTrip() {
        return report.bins().stream()
                .mapToLong(FlowBin::longestRoundTripNanos)
                .max()
                .orElse(0);
    }

    private void lanes() {
        List<FlowBin> bins = report.bins();
        int from = 0;
        for (int i = 1; i <= bins.size(); i++) {
            if (i == bins.size() || bins.get(i).tunnel() != bins.get(from).tunnel()) {
                lane(bins.get(from).tunnel(), from, i);
                from = i;
            }
        }
    }

    /** Told by text and pattern, not by colour alone. */
    private void lane(int tunnel, int from, int to) {
        double left = x(report.firstBinNanos() + from * report.binNanos());
        double width = x(report.firstBinNanos() + to * report.binNanos()) - left;
        String name = tunnel == 0 ? "none" : Integer.toString(tunnel);
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"lane t%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                name,
                left,
                LANE_TOP,
                width,
                LANE_HEIGHT));
        // A probe without an answer makes a span that is narrower than its word.
        if (width >= 10 + CHARACTER_WIDTH * name.length()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<text class=\"in\" x=\"%.1f\" y=\"%d\">%s</text>\n",
                    left + 5,
                    LANE_TOP + LANE_HEIGHT - 3,
                    name));
        }
    }

    private void axis() {
        baseline(AXIS);
        long step = step(spanNanos);
        long end = report.firstBinNanos() + spanNanos;
        for (long at = Math.ceilDiv(report.firstBinNanos(), step) * step; at <= end; at += step) {
            out.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s s</text>\n",
                    x(at),
                    AXIS + 16,
                    BigDecimal.valueOf(at, 9).stripTrailingZeros().toPlainString()));
        }
    }

    /** A round number of which the span has a few. */
    private static long step(long spanNanos) {
        for (long decade = SHORTEST_STEP_NANOS; ; decade *= 10) {
            for (long factor : ROUND) {
                if (spanNanos / (decade * factor) <= TICKS) {
                    return decade * factor;
                }
            }
        }
    }

    private void moment(DrillMoment moment) {
        mark(moment.atNanos(), "mark", DrillTimes.offset(moment.atNanos()) + " " + moment.text());
    }

    private void mark(long atNanos, String kind, String text) {
        if (atNanos >= report.firstBinNanos() && atNanos <= report.firstBinNanos() + spanNanos) {
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%.1f\" y1=\"20\" x2=\"%.1f\" y2=\"%d\"><title>%s</title></line>\n",
                    kind,
                    x(atNanos),
                    x(atNanos),
                    AXIS,
                    MarkupText.of(text)));
        }
    }

    private void bar(String kind, int bin, int top, int height, double share) {
        double width = (double) PLOT / report.bins().size();
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                kind,
                LEFT + bin * width,
                top + height * (1 - share),
                width,
                height * share));
    }

    private void label(int y, String text) {
        out.append(String.format(
                Locale.ROOT, "<text class=\"note\" x=\"%d\" y=\"%d\">%s</text>\n", LEFT, y, MarkupText.of(text)));
    }

    private void baseline(int y) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n",
                LEFT,
                y,
                LEFT + PLOT,
                y));
    }

    private double x(long atNanos) {
        return LEFT + (double) PLOT * (atNanos - report.firstBinNanos()) / spanNanos;
    }
}
