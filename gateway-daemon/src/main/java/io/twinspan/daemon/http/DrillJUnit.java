package io.twinspan.daemon.http;

import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillTimes;
import io.twinspan.daemon.drill.DrillVerdict;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A drill as JUnit XML, as build servers read it: one suite with one test for each direction. */
final class DrillJUnit {
    private static final double SECOND_NANOS = 1e9;

    private DrillJUnit() {}

    static String of(DrillReport report) {
        boolean aborted = report.verdict() == DrillVerdict.ABORTED;
        boolean outMissed = missed(report, report.flow().outageOutNanos());
        boolean inMissed = missed(report, report.flow().outageInNanos());
        // A drill may be over its limit by its target's flow alone, or because it ended early.
        boolean other = report.verdict() == DrillVerdict.MISSED && !outMissed && !inMissed;
        int failures = (outMissed ? 1 : 0) + (inMissed || other ? 1 : 0);
        String suite = "twinspan.drill." + report.order().connection();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"%s\" tests=\"2\" failures=\"%d\" errors=\"%d\" skipped=\"0\" time=\"%.3f\""
                        + " timestamp=\"%s\" hostname=\"%s\">\n",
                MarkupText.of(suite),
                aborted ? 0 : failures,
                aborted ? 2 : 0,
                report.faultNanos() / SECOND_NANOS,
                report.startedAt().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""),
                MarkupText.of(report.environment().host())));
        out.append("  <properties>\n    <property name=\"drill\" value=\"")
                .append(MarkupText.of(report.id()))
                .append("\"/>\n    <property name=\"limit\" value=\"")
                .append(DrillTimes.show(report.order().limitNanos()))
                .append("\"/>\n  </properties>\n");
        test(out, report, suite, "outage out", report.flow().outageOutNanos(), outMissed);
        test(out, report, suite, "outage in", report.flow().outageInNanos(), inMissed || other);
        out.append("  <system-out>").append(MarkupText.of(DrillText.of(report))).append("</system-out>\n");
        out.append("  <system-err></system-err>\n");
        return out.append("</testsuite>\n").toString();
    }

    private static boolean missed(DrillReport report, long outageNanos) {
        return report.verdict() == DrillVerdict.MISSED
                && outageNanos > report.order().limitNanos();
    }

    private static void test(
            StringBuilder out, DrillReport report, String suite, String name, long outageNanos, boolean missed) {
        out.append(String.format(
                Locale.ROOT,
                "  <testcase classname=\"%s\" name=\"%s: %s\" time=\"%.3f\"",
                MarkupText.of(suite),
                MarkupText.of(report.order().scenario().text() + " on tunnel " + report.tunnel()),
                name,
                outageNanos / SECOND_NANOS));
        if (report.verdict() == DrillVerdict.ABORTED) {
            out.append(">\n    <error type=\"aborted\" message=\"")
                    .append(MarkupText.of(report.reason()))
                    .append("\"/>\n  </testcase>\n");
        } else if (missed) {
            String text = name + " " + DrillTimes.show(outageNanos) + ", limit "
                    + DrillTimes.show(report.order().limitNanos())
                    + (report.reason().isEmpty() ? "" : "; " + report.reason());
            out.append(">\n    <failure type=\"missed\" message=\"")
                    .append(MarkupText.of(text))
                    .append("\"/>\n  </testcase>\n");
        } else {
            out.append("/>\n");
        }
    }
}
