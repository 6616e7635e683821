package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.cli.TwinspanCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The drill for which the daemon restarts, with the unit as it is shipped, under users' traffic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartDrillIT {
    private static final int SETTLE_ECHOES = 100;
    private static final int RESTART_SECONDS = 60;
    private static final String LEFT = "var/lib/twinspan/drills/drill-2026-01-01-0001.handed-over";

    private final StringWriter out = new StringWriter();
    private ServiceRig rig;
    private ServiceContainer container;

    @BeforeAll
    void boot() throws Exception {
        ServiceRequirement.require();
        rig = new ServiceRig("");
        container = rig.container();
    }

    @AfterAll
    void end() {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void start() {
        container.run("systemctl", "start", "twinspan.service");
        rig.awaitBothUp();
    }

    private int twinspan(String... words) {
        CommandLine line = TwinspanCommand.create();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        return TwinspanCommand.execute(line, words);
    }

    @Test
    void aRestartIsMeasuredByBothProcessesAndLosesNoSa(@TempDir Path reports) throws Exception {
        String pid = container.mainPid();
        SortedSet<String> spis = rig.spis();
        try (LabFlow there = rig.flow(true);
                LabFlow back = rig.flow(false)) {
            there.awaitEchoes(SETTLE_ECHOES, ServiceRig.UP_SECONDS);
            back.awaitEchoes(SETTLE_ECHOES, ServiceRig.UP_SECONDS);
            int code = twinspan(
                    "drill",
                    "run",
                    "daemon-restart",
                    "lab",
                    "--limit",
                    "30s",
                    "--report",
                    reports.toString(),
                    "--yes",
                    "--socket",
                    rig.socket().toString());
            System.out.println(out);
            assertThat(code).describedAs(out + container.journal()).isEqualTo(ExitCode.OK);
            there.stop();
            back.stop();
        }
        assertThat(container.mainPid()).isNotEqualTo(pid).isNotEqualTo("0");
        assertThat(rig.spis()).isEqualTo(spis);
        assertThat(out.toString())
                .contains(
                        "  t+0.000  restarting the daemon",
                        "the next process forwards again after",
                        "tunnel 1 goes on with IKE SA 0x",
                        "first answer to the next process",
                        "how many were lost in between was not counted",
                        "PASS (limit 30 s)");
        try (var files = Files.list(reports)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("drill-[0-9-]+", "drill")))
                    .containsExactlyInAnyOrder("drill.html", "drill.json", "drill.junit.xml");
        }
        JsonNode report = JsonMapper.shared().readTree(rig.get("/v1/drills/report?form=json"));
        assertThat(report.path("scenario").asString()).isEqualTo("daemon-restart");
        long pause = report.path("faultMicroseconds").asLong();
        assertThat(pause).isBetween(300_000L, 30_000_000L);
        assertThat(report.at("/flow/outageOutMicroseconds").asLong()).isGreaterThanOrEqualTo(pause);
        assertThat(report.at("/flow/outageInMicroseconds").asLong()).isGreaterThanOrEqualTo(pause);
        assertThat(report.at("/flow/lost").asLong())
                .describedAs("those that nobody could send, 200 a second")
                .isGreaterThanOrEqualTo(pause / 5_000 - 1);
        assertThat(report.at("/traffic/before/in1").asLong()
                        + report.at("/traffic/before/in2").asLong())
                .isPositive();
        assertThat(report.at("/traffic/during/in1").isNull()).isTrue();
        assertThat(report.at("/traffic/after/in1").asLong()
                        + report.at("/traffic/after/in2").asLong())
                .isPositive();
        assertThat(rig.get("/v1/events")).contains("drill.taken-up", "drill.finished");
        assertThat(rig.get("/v1/status")).doesNotContainPattern("\"drillPassed\": ?null");
        assertThat(rig.get("/metrics"))
                .contains(
                        "twinspan_drills_total{connection=\"lab\",result=\"passed\",scenario=\"daemon-restart\"} 1.0");
    }

    @Test
    void thePageFindsTheNextProcessAndTheEndOfItsDrill() throws Exception {
        try (Browser browser = Browser.start();
                LoopbackProxy proxy = LoopbackProxy.start(rig.socket())) {
            browser.open(proxy.url() + "#/c/lab");
            browser.find("#drill-scenario option[value=daemon-restart]:not([disabled])");
            browser.run("document.querySelector('#drill-scenario').value = 'daemon-restart'");
            browser.run("document.querySelector('#drill-scenario').dispatchEvent(new Event('change'))");
            assertThat(browser.run("return document.querySelector('#drill-limit').value"))
                    .isEqualTo("5s");
            browser.run("document.querySelector('#drill-limit').value = '30s'");
            browser.click("#drill-run");
            browser.awaitText("#dialog-title", "Run the drill daemon-restart on lab?");
            browser.awaitText("#dialog", "hands over to its next process");
            browser.click("#dialog-yes");
            browser.awaitText("#dialog-result", "the drill runs");
            browser.click("#dialog-no");
            browser.awaitText(".log", "the gateway restarts; waiting for its next process");
            browser.awaitText(".log", "the next process forwards again");
            browser.awaitText(".log", "passed");
            browser.awaitText("section td .badge", "passed");
            assertThat(browser.violations()).isEmpty();
        }
    }

    @Test
    void aScheduledRestartThatTakesTooLongFailsItsServiceAndComesToAnEnd() {
        String folder = container.path("etc/systemd/system").toString();
        assertThat(twinspan(
                        "drill",
                        "schedule",
                        "daemon-restart",
                        "lab",
                        "--on",
                        "monthly",
                        "--limit",
                        "50ms",
                        "--to",
                        folder))
                .describedAs(out.toString())
                .isEqualTo(ExitCode.OK);
        String pid = container.mainPid();
        container.run("systemctl", "daemon-reload");
        container.tryRun("systemctl", "start", "twinspan-drill-lab-daemon-restart.service");
        assertThat(container
                        .run(
                                "systemctl",
                                "show",
                                "--property=ExecMainStatus",
                                "--value",
                                "twinspan-drill-lab-daemon-restart.service")
                        .strip())
                .describedAs(container.journal())
                .isEqualTo(String.valueOf(ExitCode.LIMIT_MISSED));
        assertThat(container.mainPid()).isNotEqualTo(pid).isNotEqualTo("0");
        assertThat(rig.get("/v1/drills")).contains("\"verdict\":\"missed\"").contains("\"refused\":null");
    }

    @Test
    void whatIsNoRecordIsRemovedAndSaid() {
        container.write(LEFT, "rubbish");
        container.run("chown", "-R", "twinspan:twinspan", "/var/lib/twinspan/drills");
        String pid = container.mainPid();
        container.run("kill", "-KILL", pid);
        container.await(
                "another process runs",
                RESTART_SECONDS,
                () -> new ApiClient(rig.socket())
                        .exchange("GET", "/v1/events", false)
                        .body()
                        .contains("drill.not-taken-up"));
        assertThat(container.path(LEFT)).doesNotExist();
        assertThat(rig.get("/v1/drills")).contains("\"running\":null");
    }
}
