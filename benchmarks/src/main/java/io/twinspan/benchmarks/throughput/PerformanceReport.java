package io.twinspan.benchmarks.throughput;

import java.util.List;
import java.util.Map;

/**
 * Everything a reader needs to judge and repeat a run, as Markdown.
 *
 * @param command what was typed
 * @param failures why values are missing, by candidate and mode
 * @param remarks what candidates said of themselves, by their id
 */
record PerformanceReport(
        String command,
        Machine machine,
        Extent extent,
        List<Mode> modes,
        List<Candidate> candidates,
        Results results,
        Map<String, String> failures,
        Map<String, String> remarks) {
    private static final List<List<Measure>> GROUPS = List.of(
            List.of(
                    Measure.TCP_1,
                    Measure.TCP_4,
                    Measure.TCP_1_REVERSE,
                    Measure.TCP_4_REVERSE,
                    Measure.CPU_PER_GIB,
                    Measure.CPU_PER_GIB_SENDER,
                    Measure.CPU_PER_GIB_RECEIVER,
                    Measure.RESIDENT),
            List.of(
                    Measure.UDP_64_RATE,
                    Measure.UDP_64_CPU,
                    Measure.UDP_1400_RATE,
                    Measure.UDP_1400_CPU,
                    Measure.GENERATOR_64,
                    Measure.GENERATOR_1400),
            List.of(Measure.PING_IDLE_P50, Measure.PING_IDLE_P99, Measure.PING_LOADED_P50, Measure.PING_LOADED_P99));

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder(8_192);
        text.append("Written by `")
                .append(command)
                .append("`. ")
                .append(machine)
                .append(".\n\n");
        text.append(explanation());
        for (Mode mode : modes) {
            text.append("\n### ").append(heading(mode)).append("\n\n");
            text.append(BarTable.of(results, mode, bars(mode)));
            for (List<Measure> group : GROUPS) {
                appendGroup(text, mode, group);
            }
        }
        appendVersions(text);
        return text.toString();
    }

    private void appendVersions(StringBuilder text) {
        text.append("\n### Versions\n\n");
        for (Candidate candidate : candidates) {
            String remark = remarks.getOrDefault(candidate.id(), "");
            text.append("- ").append(candidate.id()).append(": ").append(candidate.label());
            text.append("; ").append(candidate.gateways().version());
            text.append(remark.isEmpty() ? "" : "; " + remark).append('\n');
        }
        failures.forEach((what, why) -> text.append("- not complete: ")
                .append(what)
                .append(": ")
                .append(why.lines().findFirst().orElse(""))
                .append('\n'));
    }

    private List<Bar> bars(Mode mode) {
        return Bars.of(mode).stream()
                .filter(bar -> extent.measures().contains(bar.subject().measure()))
                .toList();
    }

    private void appendGroup(StringBuilder text, Mode mode, List<Measure> group) {
        List<Candidate> rows = candidates.stream()
                .filter(candidate -> group.stream()
                        .anyMatch(measure ->
                                results.summary(mode, candidate.id(), measure).isPresent()))
                .toList();
        if (!rows.isEmpty()) {
            text.append('\n').append(ResultTables.of(results, mode, rows, group));
        }
    }

    private String explanation() {
        return """
                Medians of %d round(s) with the smallest and largest value in brackets; in a round each candidate is brought up
                fresh, warmed up for %d s and measured for %d s each way. Ratios are those of the medians, with the smallest and
                largest ratio of one round. Both gateways, both hosts and all tools share the processors, so absolute figures
                are low: compare ratios. Every program has the same outer socket buffers (4 MiB asked for, 8 MiB granted). CPU is
                that of the gateway processes, per GiB moved by one TCP stream or per million packets. UDP rates are the highest
                with less than 0.1 %% lost, of single packets whose length includes the headers; 1,400 octets fit through every
                gateway in one piece. A ping without an answer counts as one second. Memory is that of the larger gateway at the
                end.
                """.formatted(extent.rounds(), Extent.WARM_UP_SECONDS, extent.seconds());
    }

    private static String heading(Mode mode) {
        return switch (mode) {
            case WHOLE -> "`whole`: super-packets cross the outside link, as between virtual machines of one host";
            case WIRE -> "`wire`: single packets cross the outside link, as on a real line";
        };
    }
}
