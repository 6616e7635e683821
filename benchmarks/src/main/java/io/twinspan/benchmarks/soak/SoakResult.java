package io.twinspan.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run showed.
 *
 * @param rekeysOrdered how many were ordered
 * @param rekeysDone how many of them a gateway reports as done
 * @param losses drop counters of both gateways
 * @param kernel drops outside the gateways
 * @param probes what became of the probes, one flow for each direction
 * @param gateways memory and pauses of each gateway
 */
record SoakResult(
        long rekeysOrdered,
        long rekeysDone,
        TcpLoad.Result load,
        Losses losses,
        KernelDrops kernel,
        List<Probes> probes,
        List<Gateway> gateways) {
    private static final double LONGEST_PAUSE_MILLIS = 5;
    private static final double FLAT_MEBIBYTES = 1;

    SoakResult {
        probes = List.copyOf(probes);
        gateways = List.copyOf(gateways);
    }

    /**
     * One direction.
     *
     * @param lostAroundRekeys of {@code lost}, those sent within some seconds after the order of a rekey
     * @param p50Micros one way, with the full load beside it
     */
    record Probes(
            String direction,
            int sent,
            int lost,
            int lostAroundRekeys,
            int duplicates,
            double p50Micros,
            double p99Micros,
            double maxMicros) {
        static Probes of(String direction, ProbeRecord record, int lostAroundRekeys) {
            long[] delays = record.delays();
            return new Probes(
                    direction,
                    record.sent(),
                    record.lost(),
                    lostAroundRekeys,
                    record.duplicates(),
                    micros(delays, 0.5),
                    micros(delays, 0.99),
                    micros(delays, 1));
        }

        private static double micros(long[] ascending, double share) {
            return ascending.length == 0 ? 0 : ascending[(int) (share * (ascending.length - 1))] / 1e3;
        }
    }

    /**
     * One gateway.
     *
     * @param log of its measured time
     * @param liveHeapBefore MiB left by a full collection before that time
     * @param liveHeapAfter and behind it
     * @param resident MiB, one value every few seconds
     */
    record Gateway(String name, GcLog log, double liveHeapBefore, double liveHeapAfter, List<Trend.Point> resident) {
        Gateway {
            resident = List.copyOf(resident);
        }

        double grownMebibytes() {
            return liveHeapAfter - liveHeapBefore;
        }
    }

    /** What must hold, and whether it does. */
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(new Verdict(
                rekeysDone >= rekeysOrdered, rekeysDone + " of " + rekeysOrdered + " rekeys were carried out"));
        verdicts.add(new Verdict(
                losses.byFault() == 0,
                losses.byFault() + " packets dropped for another reason than"
                        + " a full queue: no SA, an SA gone, a number seen before or too old"));
        verdicts.add(probeVerdict());
        for (Gateway gateway : gateways) {
            verdicts.add(new Verdict(
                    gateway.grownMebibytes() <= FLAT_MEBIBYTES,
                    String.format(
                            Locale.ROOT,
                            "gateway %s: live heap %.1f MiB before, %.1f MiB after",
                            gateway.name(),
                            gateway.liveHeapBefore(),
                            gateway.liveHeapAfter())));
            verdicts.add(new Verdict(
                    gateway.log().longestSafepointMillis() <= LONGEST_PAUSE_MILLIS,
                    String.format(
                            Locale.ROOT,
                            "gateway %s: longest pause of %d is %.2f ms",
                            gateway.name(),
                            gateway.log().safepoints().size(),
                            gateway.log().longestSafepointMillis())));
        }
        return verdicts;
    }

    /** Where any queue was full, a lost probe proves nothing; where none was, nothing may be lost. */
    private Verdict probeVerdict() {
        int lost = probes.stream().mapToInt(Probes::lost).sum();
        int around = probes.stream().mapToInt(Probes::lostAroundRekeys).sum();
        long explained = losses.byCongestion() + kernel.sum();
        return new Verdict(
                lost <= explained,
                lost + " probes lost, " + around + " of them around rekeys; full queues dropped " + explained
                        + " packets of all kinds");
    }
}
