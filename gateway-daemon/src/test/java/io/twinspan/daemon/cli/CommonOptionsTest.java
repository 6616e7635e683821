package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.GatewayRoutes;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that every command about a running gateway shares. */
final class CommonOptionsTest extends CommandFixture {
    @Test
    void yamlIsTheSameDocumentInBlocks() {
        assertThat(run("status", "prod", "-o", "yaml")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("schema: \"twinspan.status/1\"\ntime: \"2026-11-23T03:00:00.250Z\"\n")
                .contains("\nconnections:\n  - name: \"prod\"\n    state: \"degraded\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl", "yaml", "table", "wide"})
    void unknownSchemaIsRefusedBeforeAnythingIsDone(String format) {
        assertThat(run("down", "prod", "-o", format, "--schema", "2")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no schema 2").contains("known: 1");
        assertThat(gateway.orders()).isEmpty();
        assertThat(run("status", "-o", format, "--schema", "1")).isEqualTo(ExitCode.OK);
    }

    @Test
    void anotherSchemaThanThePinnedOneIsRefused() throws Exception {
        server.close();
        try (AnsweringDaemon _ = new AnsweringDaemon(socket, "{\"schema\":\"twinspan.status/7\"}")) {
            assertThat(run("status", "-o", "json", "--schema", "1")).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains("the daemon answers in twinspan.status/7, schema 1 was asked for");
            assertThat(out.toString()).isEmpty();
        }
    }

    @Test
    void colourComesOnDemandAndNotIntoAPipe() {
        assertThat(run("status", "--color", "always")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\u001b[33mDEGRADED");
        out.getBuffer().setLength(0);
        assertThat(run("status", "--color=never")).isEqualTo(ExitCode.OK);
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("\u001b[");
    }

    @Test
    void quietLeavesAnOrderToItsExitCodeAndStillShowsData() {
        assertThat(run("up", "prod/2", "-q")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEmpty();
        assertThat(gateway.orders()).containsExactly("up prod/2");
        assertThat(run("status", "-q")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("prod ");
        assertThat(run("up", "nobody", "-q")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no connection 'nobody'");
    }

    @Test
    void ordersAnswerInTheFormatWanted() {
        assertThat(run("up", "prod/2", "-o", "yaml")).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString("schema: \"twinspan.outcome/1\"\nmessage: \"up ordered\"\n");
    }

    @Test
    void aFollowerIsToldWhenTheDaemonGoes() throws Exception {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run("events", "--follow"));
        await().until(() -> gateway.followers() == 1);
        server.close();
        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString()).contains("the daemon has ended the stream");
    }

    @Test
    void aRefusalReadsTheSameAsTextAndAsJson() {
        assertThat(new ApiAnswer(404, "", "no tunnel\nlook at one\nand two\n")
                        .failure()
                        .text())
                .isEqualTo("twinspan: no tunnel\n  look at one\n  and two");
        CommandFailure failure = new ApiAnswer(404, "", "{\"error\":\"no tunnel\",\"hint\":\"look\"}\n").failure();
        assertThat(failure.text()).isEqualTo("twinspan: no tunnel\n  look");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(new ApiAnswer(500, "", "{\"").failure().text()).isEqualTo("twinspan: {\"");
        assertThat(new ApiAnswer(500, "", "").failure().text())
                .isEqualTo("twinspan: the daemon refused with status 500");
    }

    @Test
    void verboseTalksOnStandardError() {
        assertThat(run("status", "-v")).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).containsPattern("twinspan: GET /v1/status at .*: 200, [0-9]+ octets in [0-9]+ ms");
    }

    @Test
    void silentDaemonIsLeftAfterTheTimeout() throws Exception {
        server.close();
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            assertThat(run("status", "--timeout", "50ms")).isEqualTo(ExitCode.UNREACHABLE);
        }
        assertThat(err.toString()).contains("did not answer within 50ms").contains("--timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "5 s", "-5s", "5x", "1234567s", ""})
    void timeThatIsNoneIsWrongUsage(String time) {
        assertThat(run("status", "--timeout=" + time)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void watchRepeatsUntilItIsInterruptedAndJsonStaysOneObjectALine() throws Exception {
        Thread watcher = Thread.ofPlatform().start(() -> run("status", "--watch=100ms", "prod", "-o", "jsonl"));
        await().until(() -> out.toString().lines().count() >= 3);
        watcher.interrupt();
        assertThat(watcher.join(Duration.ofSeconds(5))).isTrue();
        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("{\"schema\":\"twinspan.status/1\""));
    }

    @Test
    void watchWaitsForADaemonThatComesBack() throws Exception {
        Thread watcher = Thread.ofPlatform().start(() -> run("status", "-w=100ms", "-o", "json"));
        await().until(() -> !out.toString().isEmpty());
        server.close();
        await().until(() -> err.toString().contains("no daemon listens on"));
        long before = out.toString().lines().count();
        server = ApiServer.start(socket, GatewayRoutes.of(gateway));
        await().until(() -> out.toString().lines().count() > before);
        watcher.interrupt();
        assertThat(watcher.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void watchWithoutATimeLeavesTheNextWordAlone() {
        assertThat(TwinspanCommand.create()
                        .parseArgs("status", "-w", "prod")
                        .subcommand()
                        .matchedPositional(0)
                        .stringValues())
                .containsExactly("prod");
    }
}
