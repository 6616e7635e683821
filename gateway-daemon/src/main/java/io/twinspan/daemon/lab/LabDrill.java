package io.twinspan.daemon.lab;

import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.TunnelState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A drill in the lab: the very command that operators type, against the lab's gateway, while a host on either side sends traffic
 * of its own.
 *
 * @param scenario as 'drill run' takes it
 * @param options as 'drill run' takes them
 */
record LabDrill(String scenario, List<String> options) {
    private static final int UP_SECONDS = 60;
    private static final int SETTLE_SECONDS = 10;
    private static final int PROVED_SECONDS = 30;
    private static final int FLOW_MILLIS = 5;
    private static final int FLOW_BYTES = 200;
    private static final int SETTLE_ECHOES = 100;

    LabDrill {
        options = List.copyOf(options);
    }

    /** Runs it; the exit code of 'drill run'. */
    int run(Lab lab, PrintWriter out) {
        ConnectionStatus up = lab.await("settled", UP_SECONDS, LabDrill::isSettled);
        try (LabFlow there = flow(lab, true);
                LabFlow back = flow(lab, false)) {
            there.awaitEchoes(SETTLE_ECHOES, PROVED_SECONDS);
            back.awaitEchoes(SETTLE_ECHOES, PROVED_SECONDS);
            // A machine that is short of processors may have moved the traffic while it began to flow.
            lab.await("settled under traffic", UP_SECONDS, LabDrill::isSettled);
            List<String> words = new ArrayList<>(List.of("drill", "run", scenario, up.name(), "--yes", "--socket"));
            words.add(lab.options().socket().toString());
            words.addAll(options);
            CommandLine line = TwinspanCommand.create();
            line.setOut(out);
            return TwinspanCommand.execute(line, words.toArray(new String[0]));
        }
    }

    /** As a drill wants it, so that a slow start of the lab refuses none. */
    private static boolean isSettled(ConnectionStatus status) {
        return status.redundant()
                && status.tunnels().stream()
                        .allMatch(tunnel -> tunnel.state() == TunnelState.UP || tunnel.state() == TunnelState.STANDBY)
                && status.switches().stream()
                        .filter(move -> move.from() != 0)
                        .allMatch(move ->
                                Duration.between(move.at(), Instant.now()).toSeconds() > SETTLE_SECONDS);
    }

    private static LabFlow flow(Lab lab, boolean there) {
        return there
                ? LabFlow.start(
                        lab.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, FLOW_MILLIS, FLOW_BYTES)
                : LabFlow.start(
                        lab.topology().vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST, FLOW_MILLIS, FLOW_BYTES);
    }
}
