package io.twinspan.daemon.lab;

import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.TunnelStatus;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The lab's lesson: both tunnels up, traffic both ways, one tunnel killed without a word, traffic on the other, the first one
 * healed, and no plaintext outside in all that time. Prints as it goes and says whether all held.
 */
public final class LabCheck {
    private static final int UP_SECONDS = 30;
    private static final int MOVE_SECONDS = 30;
    private static final int HEAL_SECONDS = 60;
    private static final int PROBE_MILLIS = 5;
    private static final int PROBE_BYTES = 200;
    private static final int STREAM_BYTES = 4 << 20;
    private static final int SETTLE_ECHOES = 100;

    private final Lab lab;
    private final Consumer<String> out;
    private boolean passed = true;

    public LabCheck(Lab lab, Consumer<String> out) {
        this.lab = lab;
        this.out = out;
    }

    /** Runs the lesson; true where every check held. */
    public boolean run() {
        long start = System.nanoTime();
        ConnectionStatus up = lab.await("redundant", UP_SECONDS, ConnectionStatus::redundant);
        out.accept(String.format(
                Locale.ROOT,
                "both tunnels up in %.1f s, AWS side: %s",
                (System.nanoTime() - start) / 1e9,
                lab.awsDescription()));
        up.tunnels().forEach(tunnel -> out.accept("  " + describe(tunnel)));
        checkTraffic("with both tunnels");
        int killed = up.activeTunnel();
        checkKill(killed);
        checkHeal(killed);
        checkPlaintext();
        out.accept(passed ? "PASS" : "FAIL");
        return passed;
    }

    private void checkTraffic(String when) {
        for (LabNamespace from : List.of(lab.topology().hostA(), lab.topology().vpc())) {
            boolean onPrem = from == lab.topology().hostA();
            String source = onPrem ? LabTopology.ON_PREM_HOST : LabTopology.VPC_HOST;
            String target = onPrem ? LabTopology.VPC_HOST : LabTopology.ON_PREM_HOST;
            LabFlow flow = LabFlow.start(from, source, target, PROBE_MILLIS, PROBE_BYTES);
            awaitEchoes(flow, SETTLE_ECHOES);
            LabFlow.Result result = flow.stop();
            double megabits = StreamCheck.run(from, source, target, STREAM_BYTES);
            // A link that was told to lose packets may; the stream shows that nothing else is wrong.
            boolean lossy = lab.options().link().loss() > 0;
            check(
                    result.lost() == 0 || lossy,
                    String.format(
                            Locale.ROOT,
                            "%s, %s to %s: %d of %d probes echoed, a 4 MiB TCP stream intact (%.0f Mbit/s round trip)",
                            when,
                            source,
                            target,
                            result.echoed(),
                            result.sent(),
                            megabits));
        }
    }

    private void checkKill(int tunnel) {
        LabFlow flow = LabFlow.start(
                lab.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, PROBE_MILLIS, PROBE_BYTES);
        awaitEchoes(flow, SETTLE_ECHOES);
        lab.cut(tunnel);
        int other = tunnel == 1 ? 2 : 1;
        lab.await("on tunnel " + other, MOVE_SECONDS, status -> status.activeTunnel() == other);
        awaitEchoes(flow, flow.echoes() + SETTLE_ECHOES);
        LabFlow.Result result = flow.stop();
        check(
                true,
                String.format(
                        Locale.ROOT,
                        "tunnel %d cut without a word: traffic went on over tunnel %d after %.1f s"
                                + " (the AWS side needs its liveness of %s + %s), %d probes lost",
                        tunnel,
                        other,
                        result.silenceSeconds(),
                        LabFiles.LIVENESS_INTERVAL,
                        LabFiles.LIVENESS_TIMEOUT,
                        result.lost()));
    }

    private void checkHeal(int tunnel) {
        long start = System.nanoTime();
        lab.topology().heal(tunnel);
        ConnectionStatus status = lab.await(
                "redundant again", HEAL_SECONDS, state -> state.redundant() && state.state() == ConnectionState.UP);
        check(
                true,
                String.format(
                        Locale.ROOT,
                        "tunnel %d healed and back as %s after %.1f s",
                        tunnel,
                        status.tunnels().get(tunnel - 1).state().label(),
                        (System.nanoTime() - start) / 1e9));
        checkTraffic("after the repair");
    }

    private void checkPlaintext() {
        lab.tap()
                .ifPresentOrElse(
                        tap -> check(
                                tap.plaintextFrames() == 0 && tap.frames() > 0,
                                "outside capture: " + tap.frames() + " packets, " + tap.plaintextFrames()
                                        + " with plaintext of protected networks"),
                        () -> out.accept("skip  outside not watched for plaintext: libpcap is missing"
                                + " (Debian: apt install libpcap0.8)"));
    }

    private static void awaitEchoes(LabFlow flow, int wanted) {
        flow.awaitEchoes(wanted, MOVE_SECONDS);
    }

    private void check(boolean holds, String line) {
        passed &= holds;
        out.accept((holds ? "ok    " : "FAIL  ") + line);
    }

    private static String describe(TunnelStatus tunnel) {
        String suites = tunnel.childSas().isEmpty()
                ? "no child SA"
                : tunnel.ikeSas().getFirst().suite().label() + ", ESP "
                        + tunnel.childSas().getFirst().suite().label()
                        + (tunnel.childSas().getFirst().path().udpEncapsulated() ? " in UDP 4500" : " as protocol 50");
        return "tunnel " + tunnel.number() + " " + tunnel.state().label() + ", "
                + tunnel.outsideRemote().getHostAddress() + ", IKE " + suites + ", MTU "
                + tunnel.inner().mtuBytes();
    }
}
