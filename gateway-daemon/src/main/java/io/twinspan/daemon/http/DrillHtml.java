package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillTimes;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.drill.TrafficResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A drill as one page that asks for nothing else: style, picture and data are in it, and no script. */
final class DrillHtml {
    private static final String END_OF_TABLE = "</tbody>\n</table>\n</div>\n";

    private static final String STYLE = """
            :root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--soft:#57606a;--line:#d0d7de;--bad:#b3261e;--good:#116329;\
            --warn:#7d4e00;--trip:#0a5cad;--fault:#b3261e22;--one:#0a5cad55;--two:#7d4e0055}
            @media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--bg:#0d1117;--soft:#9da7b1;--line:#30363d;--bad:#ff8a80;\
            --good:#7ee787;--warn:#f0b429;--trip:#79c0ff;--fault:#ff8a8022;--one:#79c0ff55;--two:#f0b42955}}
            body{font:16px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);max-width:62rem;margin:2rem auto;\
            padding:0 1rem}
            h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem}
            .scroll{overflow-x:auto}.scroll+.scroll{margin-top:1.5rem}figure{margin:0 0 1.5rem}
            .verdict{font-weight:700;border:2px solid;padding:.1rem .6rem;border-radius:.4rem}
            .passed{color:var(--good)}.missed{color:var(--bad)}.aborted{color:var(--warn)}
            table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);padding-bottom:.3rem}
            th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .picture{display:block;width:100%;min-width:46rem;height:auto}
            .picture text{fill:var(--fg);font-size:12px;paint-order:stroke;stroke:var(--bg);stroke-width:4px;\
            stroke-linejoin:round}
            pre{overflow-x:auto}
            .picture .tick{text-anchor:middle;fill:var(--soft)}.picture .axis{stroke:var(--line)}
            .fault{fill:var(--fault)}.lost{fill:var(--bad)}.trip{fill:var(--trip)}
            .mark{stroke:var(--soft);stroke-dasharray:2 3}.move{stroke:var(--fg);stroke-width:2;stroke-dasharray:none}
            .lane{fill:none;stroke:var(--line)}.t1{fill:var(--one)}.t2{fill:var(--two)}
            footer{color:var(--soft);margin-top:2rem}
            @media print{body{max-width:none;margin:0}h2{break-after:avoid}table,svg{break-inside:avoid}}
            """;

    /** Names the style in a policy, so that this style is let in and no other (CSP 3, section 2.3.1). */
    private static final String STYLE_HASH = "sha256-" + digestOf(STYLE);

    /** What a browser is told that opens a report: to show it, and to do nothing else whatever is in it. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src '" + STYLE_HASH + "'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; sandbox",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private final DrillReport report;
    private final StringBuilder out = new StringBuilder(65_536);

    private DrillHtml(DrillReport report) {
        this.report = report;
    }

    static String of(DrillReport report) {
        return new DrillHtml(report).page();
    }

    private static String digestOf(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String page() {
        String title = "Drill " + report.id() + ": " + report.order().scenario().text() + " on "
                + report.order().connection() + "/" + report.tunnel();
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
                        + STYLE_HASH + "'\">\n<title>")
                .append(MarkupText.of(title))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(MarkupText.of(title))
                .append("</h1>\n");
        verdict();
        summary();
        if (!report.bins().isEmpty()) {
            out.append("<h2>Timeline</h2>\n<figure class=\"scroll\" tabindex=\"0\" role=\"group\""
                            + " aria-label=\"Picture of the timeline\">\n")
                    .append(DrillPicture.of(report))
                    .append("</figure>\n");
        }
        timeline();
        traffic();
        data();
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private void verdict() {
        String word = report.verdict() == DrillVerdict.PASSED
                ? "PASS"
                : report.verdict().name();
        out.append("<p><span class=\"verdict ")
                .append(report.verdict().label())
                .append("\">")
                .append(word)
                .append("</span> longest outage ")
                .append(DrillTimes.show(report.flow().outageNanos()))
                .append(", limit ")
                .append(DrillTimes.show(report.order().limitNanos()));
        if (!report.reason().isEmpty()) {
            out.append(". ").append(MarkupText.of(report.reason()));
        }
        out.append("</p>\n");
    }

    private void summary() {
        out.append("<h2>Measured</h2>\n" + box("Measured")
                + "<table>\n<caption>The drill's own probes since the fault came</caption>\n"
                + "<thead><tr><th scope=\"col\">flow</th><th scope=\"col\" class=\"n\">outage out</th>"
                + "<th scope=\"col\" class=\"n\">outage in</th><th scope=\"col\" class=\"n\">lost</th>"
                + "<th scope=\"col\" class=\"n\">sent</th><th scope=\"col\" class=\"n\">reordered</th>"
                + "<th scope=\"col\" class=\"n\">duplicated</th><th scope=\"col\" class=\"n\">round trip (p99)</th>"
                + "</tr></thead>\n<tbody>\n");
        flow("peer's inside address", report.flow());
        FlowResult target = report.targetFlow();
        if (target != null) {
            flow(report.order().target(), target);
        }
        out.append(END_OF_TABLE);
        if (!report.moves().isEmpty()) {
            moves();
        }
    }

    private void flow(String name, FlowResult flow) {
        out.append("<tr><th scope=\"row\">").append(MarkupText.of(name)).append("</th>");
        cell(DrillTimes.show(flow.outageOutNanos()));
        cell(DrillTimes.show(flow.outageInNanos()));
        cell(Integer.toString(flow.lost()));
        cell(Integer.toString(flow.sent()));
        cell(Integer.toString(flow.reordered()));
        cell(Integer.toString(flow.duplicated()));
        cell(DrillTimes.show(flow.roundTripNanos()) + " (" + DrillTimes.show(flow.slowRoundTripNanos()) + ")");
        out.append("</tr>\n");
    }

    private void moves() {
        out.append(box("Moves of the traffic")
                + "<table>\n<caption>Moves of the traffic, times since the fault came</caption>\n<thead><tr>"
                + "<th scope=\"col\">move</th><th scope=\"col\" class=\"n\">decided</th>"
                + "<th scope=\"col\" class=\"n\">switched</th><th scope=\"col\">reason</th></tr></thead>\n<tbody>\n");
        report.moves().forEach(move -> {
            out.append("<tr><th scope=\"row\">")
                    .append(move.from())
                    .append(" to ")
                    .append(move.to())
                    .append("</th>");
            cell(DrillTimes.show(move.decidedNanos()));
            cell(DrillTimes.show(move.switchedNanos()));
            out.append("<td>")
                    .append(MarkupText.of(move.cause() + ": " + move.reason()))
                    .append("</td></tr>\n");
        });
        out.append(END_OF_TABLE);
    }

    /** The picture's twin. */
    private void timeline() {
        out.append(box("What happened") + "<table>\n<caption>What happened, since the fault came</caption>\n<thead><tr>"
                + "<th scope=\"col\" class=\"n\">time</th><th scope=\"col\">event</th></tr></thead>\n<tbody>\n");
        for (DrillMoment moment : report.timeline()) {
            out.append("<tr>");
            cell(DrillTimes.offset(moment.atNanos()));
            out.append("<td>").append(MarkupText.of(moment.text())).append("</td></tr>\n");
        }
        out.append(END_OF_TABLE);
    }

    private void traffic() {
        out.append("<h2>The users' traffic</h2>\n" + box("The users' traffic") + "<table>\n<caption>")
                .append(MarkupText.of(DrillText.traffic(report.traffic())))
                .append("</caption>\n<thead><tr><th scope=\"col\">phase</th><th scope=\"col\" class=\"n\">length</th>"
                        + "<th scope=\"col\" class=\"n\">in, tunnel 1</th><th scope=\"col\" class=\"n\">out, tunnel 1</th>"
                        + "<th scope=\"col\" class=\"n\">in, tunnel 2</th><th scope=\"col\" class=\"n\">out, tunnel 2</th>"
                        + "</tr></thead>\n<tbody>\n");
        phase("before", report.traffic().before());
        phase("fault", report.traffic().during());
        phase("after", report.traffic().after());
        out.append(END_OF_TABLE + "<p>")
                .append(MarkupText.of(DrillText.tcp(report)))
                .append("</p>\n");
    }

    private void phase(String name, TrafficResult.Phase phase) {
        out.append("<tr><th scope=\"row\">").append(name).append("</th>");
        cell(DrillTimes.show(phase.nanos()));
        count(phase.in1());
        count(phase.out1());
        count(phase.in2());
        count(phase.out2());
        out.append("</tr>\n");
    }

    private void count(long packets) {
        cell(packets == TrafficResult.UNKNOWN ? "not counted" : Long.toString(packets));
    }

    private void data() {
        out.append("<footer>\n<p>Started ")
                .append(JsonWriter.timestamp(report.startedAt()))
                .append(" on ")
                .append(MarkupText.of(report.environment().host()))
                .append(", Twinspan ")
                .append(MarkupText.of(report.environment().version()))
                .append(", ")
                .append(MarkupText.of(report.environment().system()))
                .append("; ")
                .append(report.order().probesPerSecond())
                .append(" probes a second.</p>\n<details>\n<summary>All data</summary>\n<pre>")
                .append(MarkupText.of(DrillJson.of(report)))
                .append("</pre>\n</details>\n</footer>\n");
    }

    /** A box of its own for what may be wider than a phone; reachable by keyboard, since it scrolls. */
    private static String box(String name) {
        return "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + MarkupText.of(name) + "\">\n";
    }

    private void cell(String text) {
        out.append("<td class=\"n\">").append(MarkupText.of(text)).append("</td>");
    }
}
