package io.twinspan.benchmarks.throughput;

import static io.twinspan.benchmarks.throughput.Catalogue.NO_TUNNEL;
import static io.twinspan.benchmarks.throughput.Catalogue.OPENVPN;
import static io.twinspan.benchmarks.throughput.Catalogue.STRONGSWAN;
import static io.twinspan.benchmarks.throughput.Catalogue.STRONGSWAN_CBC;
import static io.twinspan.benchmarks.throughput.Catalogue.STRONGSWAN_ESP;
import static io.twinspan.benchmarks.throughput.Catalogue.TWINSPAN;
import static io.twinspan.benchmarks.throughput.Catalogue.TWINSPAN_CBC;
import static io.twinspan.benchmarks.throughput.Catalogue.TWINSPAN_ESP;
import static io.twinspan.benchmarks.throughput.Catalogue.TWINSPAN_JDK;
import static io.twinspan.benchmarks.throughput.Catalogue.WIREGUARD;

import io.twinspan.benchmarks.throughput.Bar.Direction;
import io.twinspan.benchmarks.throughput.Bar.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What Twinspan's packet path is meant to reach. */
final class Bars {
    /** AWS's limit for one tunnel. */
    private static final double AWS_TUNNEL_MEGABITS = 1250;

    private static final double MAX_LOADED_MICROS = 5000;
    private static final double MAX_MEBIBYTES = 256;
    private static final List<Measure> STREAMS = List.of(Measure.TCP_1, Measure.TCP_4);

    private final boolean whole;
    private final List<Bar> bars = new ArrayList<>();

    private Bars(Mode mode) {
        whole = mode == Mode.WHOLE;
    }

    /** Everything to reach in a mode. */
    static List<Bar> of(Mode mode) {
        Bars bars = new Bars(mode);
        bars.addTcp();
        bars.addJdkEngine();
        bars.addCpu();
        bars.addPackets(Measure.UDP_64_RATE, Measure.UDP_64_CPU, Measure.GENERATOR_64);
        bars.addPackets(Measure.UDP_1400_RATE, Measure.UDP_1400_CPU, Measure.GENERATOR_1400);
        bars.addLatency();
        for (Measure streams : STREAMS) {
            bars.atLeast(5, TWINSPAN_CBC, streams, STRONGSWAN_CBC);
        }
        for (Measure streams : STREAMS) {
            bars.atLeast(1.5, TWINSPAN_ESP, streams, STRONGSWAN_ESP);
        }
        bars.atMostFigure(MAX_MEBIBYTES, TWINSPAN, Measure.RESIDENT);
        return List.copyOf(bars.bars);
    }

    private void addTcp() {
        for (Measure streams : STREAMS) {
            atLeast(whole ? 2.0 : 1.3, TWINSPAN, streams, WIREGUARD);
            atLeast(whole ? 7 : 4, TWINSPAN, streams, STRONGSWAN);
        }
    }

    private void addJdkEngine() {
        for (Measure streams : STREAMS) {
            if (whole) {
                atLeast(1.3, TWINSPAN_JDK, streams, WIREGUARD);
                atLeast(4.5, TWINSPAN_JDK, streams, STRONGSWAN);
            } else {
                Subject subject = new Subject(TWINSPAN_JDK, streams);
                bars.add(new Bar(work(subject), subject, List.of(), Direction.AT_LEAST, AWS_TUNNEL_MEGABITS));
            }
        }
    }

    private void addCpu() {
        atMost(whole ? 0.4 : 0.8, TWINSPAN, Measure.CPU_PER_GIB, WIREGUARD);
    }

    private void addPackets(Measure rate, Measure cpu, Measure generator) {
        atLeast(1.2, TWINSPAN, rate, STRONGSWAN, WIREGUARD, OPENVPN);
        atMost(0.6, TWINSPAN, cpu, STRONGSWAN);
        Subject subject = new Subject(NO_TUNNEL, generator);
        List<Subject> gateways = subjects(rate, TWINSPAN, STRONGSWAN, WIREGUARD, OPENVPN);
        bars.add(new Bar(
                "generator beside the best gateway, " + rate.title(), subject, gateways, Direction.AT_LEAST, 2));
    }

    private void addLatency() {
        atMost(1, TWINSPAN, Measure.PING_IDLE_P50, OPENVPN);
        atMost(1, TWINSPAN, Measure.PING_IDLE_P99, OPENVPN);
        atMostFigure(MAX_LOADED_MICROS, TWINSPAN, Measure.PING_LOADED_P99);
    }

    private void atLeast(double factor, String candidate, Measure measure, String... peers) {
        Subject subject = new Subject(candidate, measure);
        bars.add(new Bar(work(subject), subject, subjects(measure, peers), Direction.AT_LEAST, factor));
    }

    private void atMost(double factor, String candidate, Measure measure, String... peers) {
        Subject subject = new Subject(candidate, measure);
        bars.add(new Bar(work(subject), subject, subjects(measure, peers), Direction.AT_MOST, factor));
    }

    private void atMostFigure(double figure, String candidate, Measure measure) {
        Subject subject = new Subject(candidate, measure);
        bars.add(new Bar(work(subject), subject, List.of(), Direction.AT_MOST, figure));
    }

    private static String work(Subject subject) {
        return subject.measure().title() + ", " + subject.candidate();
    }

    private static List<Subject> subjects(Measure measure, String... candidates) {
        return Arrays.stream(candidates)
                .map(candidate -> new Subject(candidate, measure))
                .toList();
    }
}
