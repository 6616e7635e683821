package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.daemon.SystemdRequirement;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.FakeGateway;
import io.twinspan.daemon.http.GatewayRoutes;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The drill commands against a real socket, and the timers they write. */
final class DrillCommandsTest extends CommandFixture {

    private CompletableFuture<Integer> runBeside(String... words) {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(words));
        Awaitility.await().until(() -> gateway.drillFollower() != null || code.isDone());
        return code;
    }

    @Test
    void aDrillThatMissesItsLimitExitsWithSevenAndLeavesItsReports() throws Exception {
        Path reports = folder.resolve("reports");
        CompletableFuture<Integer> code = runBeside(
                "drill",
                "run",
                "loss:40",
                "prod",
                "--tunnel",
                "2",
                "--for",
                "30s",
                "--limit",
                "2s",
                "--rate",
                "500",
                "--target",
                "172.31.0.10",
                "--report",
                reports.toString(),
                "--yes");
        gateway.finishDrill();
        assertThat(code.get(20, TimeUnit.SECONDS)).describedAs(err.toString()).isEqualTo(ExitCode.LIMIT_MISSED);
        assertThat(gateway.orders())
                .startsWith("drill loss:40% prod/2 for 30000000000 limit 2000000000 rate 500 target 172.31.0.10");
        assertThat(out.toString())
                .startsWith("dropping 40 % of the outer packets of tunnel 1 for 30 s (own packets only")
                .contains("  t+0.160  tunnel 1: no answer", "MISSED (limit 1 s)", "report: " + reports);
        assertThat(reports.resolve("drill-2026-11-23-0001.html")).exists();
        assertThat(reports.resolve("drill-2026-11-23-0001.json")).exists();
        assertThat(reports.resolve("drill-2026-11-23-0001.junit.xml")).exists();
    }

    @Test
    void aRefusedDrillSaysEveryReasonAndExitsWithOne() {
        assertThat(run("drill", "run", "planned", "alone", "--yes")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("the drill is refused", "first reason; second reason");
    }

    @Test
    void anUnknownScenarioIsWrongUsageAndNothingIsAskedOfTheDaemon() {
        assertThat(run("drill", "run", "earthquake", "prod", "--yes")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no scenario 'earthquake'", "blackhole, one-way-blackhole:out");
        assertThat(gateway.orders()).isEmpty();
    }

    @Test
    void anImpossibleValueIsToldWithThoseThatArePossible() {
        for (String wrong : List.of(
                "loss:70 10 to 60%",
                "latency:5s 10 to 1000ms",
                "mtu-shrink:100 576 to 9000",
                "one-way-blackhole:up out or in",
                "planned:2 no value")) {
            String scenario = wrong.substring(0, wrong.indexOf(' '));
            err.getBuffer().setLength(0);
            assertThat(run("drill", "run", scenario, "prod", "--yes", "--socket", socket.toString()))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(err.toString())
                    .contains("'" + scenario + "' is no drill: ", " takes " + wrong.substring(scenario.length() + 1));
        }
        assertThat(gateway.orders()).isEmpty();
    }

    @Test
    void withoutADaemonTheExitCodeSaysSo() {
        assertThat(execute(
                        "drill",
                        "run",
                        "planned",
                        "prod",
                        "--yes",
                        "--socket",
                        folder.resolve("no").toString()))
                .isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void aCommandThatGoesAwayLeavesItsDrill() throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(
                    ByteBuffer.wrap("POST /v1/drills/run?scenario=blackhole&connection=prod HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII)));
            Awaitility.await().until(() -> gateway.drillFollower() != null);
        }
        Awaitility.await().until(() -> gateway.orders().contains("drill left alone"));
    }

    @Test
    void listAndReportPrintWhatTheDaemonKeeps() {
        assertThat(run("drill", "list")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("rekey-storm", "no drill runs", "2026-11-23-0001  missed  blackhole");
        assertThat(run("drill", "report", "-o", "junit")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("<testsuite name=\"twinspan.drill.prod\"");
        assertThat(run("drill", "report", "2020-01-01-0001")).isEqualTo(ExitCode.USAGE);
        assertThat(run("drill", "stop")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no report of such a drill", "no drill runs");
    }

    @Test
    void aScheduleNamesItsUnitsAndEscapesWhatSystemdWouldExpand() {
        assertThat(run("drill", "schedule", "loss:40", "prod", "--on", "Sun 04:00"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains(
                        "# twinspan-drill-prod-loss-40.service",
                        "ExecStart=/usr/bin/twinspan drill run loss:40%% prod --limit 1s --for 20s --yes",
                        "OnCalendar=Sun 04:00");
        assertThat(run("drill", "schedule", "loss:40", "prod\nExecStart=/bin/x", "--on", "daily"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("drill", "schedule", "loss:40", "prod", "--on", "daily\n[Service]"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aScheduledRestartHasALimitOfItsOwnAndIsNotRestartedWithTheGateway() {
        assertThat(run("drill", "schedule", "daemon-restart", "prod", "--on", "monthly"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("drill run daemon-restart prod --limit 5s --for 20s --yes", "After=twinspan.service\n")
                .doesNotContain("Requisite=");
    }

    @Test
    void aDrillForWhichTheDaemonRestartsIsFollowedInItsNextProcess() throws Exception {
        Path reports = folder.resolve("reports");
        CompletableFuture<Integer> code =
                runBeside("drill", "run", "daemon-restart", "prod", "--report", reports.toString(), "--yes");
        assertThat(gateway.orders())
                .startsWith("drill daemon-restart prod/0 for 20000000000 limit 5000000000 rate 200 target ");
        server.close();
        FakeGateway next = new FakeGateway();
        next.takeUpDrill();
        server = ApiServer.start(socket, GatewayRoutes.of(next));
        Awaitility.await().until(() -> next.orders().contains("drill followed"));
        next.finishDrill();
        assertThat(code.get(20, TimeUnit.SECONDS)).describedAs(err.toString()).isEqualTo(ExitCode.LIMIT_MISSED);
        assertThat(out.toString())
                .startsWith("restarting the daemon once the probes are answered")
                .containsOnlyOnce("  t+0.160  tunnel 1: no answer")
                .containsOnlyOnce("MISSED (limit 1 s)")
                .contains("report: " + reports);
        assertThat(reports.resolve("drill-2026-11-23-0001.html")).exists();
    }

    @Test
    void aDrillThatIsOverWhenTheNextProcessIsFoundIsPrintedFromItsReport() throws Exception {
        CompletableFuture<Integer> code = runBeside("drill", "run", "daemon-restart", "prod", "--yes");
        server.close();
        // Nobody listens for a while.
        Thread.sleep(300);
        server = ApiServer.start(socket, GatewayRoutes.of(new FakeGateway()));
        assertThat(code.get(20, TimeUnit.SECONDS)).describedAs(err.toString()).isEqualTo(ExitCode.LIMIT_MISSED);
        assertThat(out.toString())
                .containsOnlyOnce("  t+0.160  tunnel 1: no answer")
                .containsOnlyOnce("MISSED (limit 1 s)");
    }

    @Test
    void aDrillThatDoesNotGetSoFarIsPrintedOnce() throws Exception {
        CompletableFuture<Integer> code = runBeside("drill", "run", "daemon-restart", "prod", "--yes");
        gateway.finishDrill();
        assertThat(code.get(20, TimeUnit.SECONDS)).describedAs(err.toString()).isEqualTo(ExitCode.LIMIT_MISSED);
        assertThat(out.toString()).containsOnlyOnce("MISSED (limit 1 s)");
    }

    @Test
    void aDaemonThatDoesNotComeBackIsSaidToBeGone() throws Exception {
        server.close();
        assertThatThrownBy(() -> new RestartedDrill(new ApiClient(socket), Duration.ofMillis(300))
                        .follow("2026-11-23-0001", true, _ -> {}))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
                    assertThat(failure.text()).contains("did not come back within", "journalctl -u twinspan");
                });
    }

    @Test
    void drillsThatDifferInTheirValueOnlyHaveUnitsOfTheirOwn() {
        for (String scenario : java.util.List.of("loss:30", "loss:50", "one-way-blackhole:in", "latency:300ms")) {
            assertThat(run("drill", "schedule", scenario, "prod", "--on", "daily", "--to", folder.toString()))
                    .isZero();
        }
        assertThat(folder.toFile().list())
                .contains(
                        "twinspan-drill-prod-loss-30.timer",
                        "twinspan-drill-prod-loss-50.timer",
                        "twinspan-drill-prod-one-way-blackhole-in.service",
                        "twinspan-drill-prod-latency-300ms.timer");
    }

    @Test
    void systemdAcceptsTheTimerAndTheService() throws Exception {
        SystemdRequirement.requireAnalyze();
        assertThat(run(
                        "drill",
                        "schedule",
                        "loss:40",
                        "prod",
                        "--on",
                        "Sun *-*-1..7 04:00",
                        "--program",
                        "/bin/true",
                        "--to",
                        folder.toString()))
                .describedAs(err.toString())
                .isZero();
        Files.writeString(folder.resolve("twinspan.service"), "[Service]\nType=oneshot\nExecStart=/bin/true\n");
        String timer = folder.resolve("twinspan-drill-prod-loss-40.timer").toString();
        assertThat(analyze("verify", "--man=no", timer)).isEmpty();
        assertThat(analyze("calendar", "Sun *-*-1..7 04:00")).contains("Normalized form");
    }

    private static String analyze(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add("/usr/bin/systemd-analyze");
        builder.command().addAll(java.util.List.of(words));
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).describedAs(text).isZero();
        return text;
    }
}
