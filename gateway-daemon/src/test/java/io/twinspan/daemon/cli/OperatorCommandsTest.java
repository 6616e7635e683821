package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Commands of operators and of their scripts, against a gateway whose tunnel 1 is down. */
final class OperatorCommandsTest extends CommandFixture {
    private static final String WIDE = """
            prod   DEGRADED, not redundant   active 2   for 12 min   last switch 12 min ago (1 -> 2, silent, 0.2 ms)

              TUNNEL  STATE  PEER          RTT      LOSS  IN         OUT        REKEY
              1       down   203.0.113.10  -        -     0 b/s      0 b/s      -
            > 2       up     203.0.113.94  12.1 ms  0.5%  8.00 kb/s  10.0 Mb/s  41 min

              TUNNEL  INSIDE        ESP                 BY        VIA  MTU   MSS   RTT 50/95%    JITTER  IN       OUT      IKE REKEY
              1       169.254.10.2  -                   -         -    1438  1398  -             -       1.00 kB  2.00 MB  -
              2       169.254.11.2  aes-gcm-16-256+esn  ipsec-mb  udp  1438  1398  12.1/13.4 ms  0.3 ms  568 kB   98.8 MB  5 h 00 min

            tunnel 1: down for 12 min: no answer for 30 s to \\u001b[31m"x"
            tunnel 1: dropped 3 packets: auth 1, replay 2
            tunnel 2: silent tunnel is left after at most 230 ms at RTT 12 ms
            """;

    @Test
    void wideStatusHasAddressesCiphersAndTotals() {
        assertThat(run("status", "-o", "wide")).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString(WIDE);
    }

    @Test
    void sasOfOneTunnelLeaveTheOtherOut() {
        assertThat(run("sas", "prod/2")).isEqualTo(ExitCode.OK);
        assertThat(text()).contains("prod/2  ike").contains("prod/2  esp");
        assertThat(run("sas", "prod/1")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEqualTo("no security associations; 'twinspan status' tells why\n");
        assertThat(run("sas", "prod/3")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no tunnel 'prod/3'");
    }

    @Test
    void eventsAreChosenByTypeSeverityTunnelAndAge() {
        gateway.happen("no answer for 30 s");
        assertThat(run("events", "--type", "tunnel", "--severity", "warn")).isEqualTo(ExitCode.OK);
        assertThat(text()).contains("tunnel.down");
        assertThat(run("events", "--type", "tunnel.do,ike")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEmpty();
        assertThat(run("events", "--severity", "error")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEmpty();
        assertThat(run("events", "prod/2")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEmpty();
        assertThat(run("events", "prod/1", "-o", "jsonl")).isEqualTo(ExitCode.OK);
        assertThat(text()).startsWith("{\"schema\":\"twinspan.events/1\",\"sequence\":1,");
        // The sample's clock stands in 2026.
        assertThat(run("events", "--since", "1ms")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEmpty();
        assertThat(run("events", "--since", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(run("events", "--severity", "loud")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void ordersWithATimeTakeItAlong() {
        assertThat(run("down", "prod/2", "--drain", "10s")).isEqualTo(ExitCode.OK);
        assertThat(run("switch", "prod", "--to", "2", "--for", "30m")).isEqualTo(ExitCode.OK);
        assertThat(run("follow", "prod", "on")).isEqualTo(ExitCode.OK);
        assertThat(run("follow", "prod", "off")).isEqualTo(ExitCode.OK);
        assertThat(gateway.orders())
                .containsExactly(
                        "drain PT10S prod/2", "switch for PT30M prod/2", "follow true prod/0", "follow false prod/0");
        assertThat(run("down", "prod/2", "--drain", "30d")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'drain' is no time between 1ms and 7d");
        assertThat(run("follow", "prod", "maybe")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void checkSpeaksAsMonitoringPlugInsDo() {
        assertThat(run("check")).isEqualTo(1);
        assertThat(text())
                .isEqualTo("WARNING: prod up on tunnel 2, no standby (tunnel 1 down 12 min), RTT 12.1 ms, loss 0.5 %"
                        + " | up=1 redundant=0 rtt=12.1ms;; loss=0.5%;; recent_failovers=1\n");
        assertThat(run("check", "prod", "--warn", "rtt=5ms", "--crit", "rtt=12ms,loss=10%"))
                .isEqualTo(2);
        assertThat(text()).startsWith("CRITICAL: ").contains("rtt=12.1ms;5.0;12.0 loss=0.5%;;10.0");
        assertThat(run("check", "-o", "json")).isEqualTo(1);
        assertThat(text()).startsWith("{\"schema\":\"twinspan.check/1\",\"status\":\"warning\",");
    }

    @Test
    void checkDoesNotKnowWhatNobodyTells() throws Exception {
        assertThat(run("check", "nobody")).isEqualTo(3);
        assertThat(text()).isEqualTo("UNKNOWN: no connection 'nobody'; there is 'prod'\n");
        assertThat(run("check", "--warn", "rtt=fast")).isEqualTo(3);
        assertThat(text()).isEqualTo("UNKNOWN: 'rtt=fast' is no limit like rtt=50ms or loss=1%\n");
        assertThat(run("check", "--warning", "rtt=5ms")).isEqualTo(3);
        assertThat(text()).startsWith("UNKNOWN: Unknown option");
        server.close();
        assertThat(run("check")).isEqualTo(3);
        assertThat(text()).startsWith("UNKNOWN: no daemon listens on");
    }

    @Test
    void waitDoesNotWaitForADaemonThatIsSilentForLongerThanItWasTold() throws Exception {
        server.close();
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            long began = System.nanoTime();
            assertThat(run("wait", "--timeout", "50ms")).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void waitEndsWithTheGoalOrWithTheStateInItsWay() throws Exception {
        assertThat(run("wait", "prod")).isEqualTo(ExitCode.OK);
        assertThat(run("wait", "--for", "redundant", "--timeout", "250ms")).isEqualTo(ExitCode.DEGRADED);
        assertThat(err.toString()).contains("still not redundant");
        assertThat(run("wait", "nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no connection 'nobody'; there is 'prod'");
        server.close();
        assertThat(run("wait", "--timeout", "1ms", "-q")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(text()).isEmpty();
    }

    @Test
    void topWithoutATerminalPrintsOnePictureAfterTheOther() {
        gateway.happen("no answer for 30 s");
        assertThat(run("top", "--count", "2", "--interval", "1ms")).isEqualTo(ExitCode.OK);
        String text = text();
        assertThat(text.split("prod   DEGRADED", -1)).hasSize(3);
        assertThat(text)
                .contains("last minute of prod")
                .containsPattern("2 out  +\u2581?[\u2581-\u2588]+  10.0 Mb/s")
                .containsPattern("2 rtt  +[\u2581-\u2588]+  243.7 ms")
                .contains("tunnel.down");
        assertThat(run("top", "nobody")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPictureOnASmallScreenKeepsItsFirstLinesAndItsColours() {
        String red = "\u001b[31;1m";
        assertThat(Screen.fit(red + "DOWN\u001b[0m and more\nsecond\nthird\nfourth\n", new TerminalMode.Size(4, 6)))
                .isEqualTo(red + "DOWN\u001b[0m a\u001b[0m\nsecond\nthird\n");
        assertThat(Screen.fit("one\n\nthree\n", new TerminalMode.Size(24, 80))).isEqualTo("one\n\nthree\n");
    }

    @Test
    void topFitsIntoEightyColumns() {
        assertThat(run("top", "--count", "1")).isEqualTo(ExitCode.OK);
        assertThat(text().lines().filter(line -> line.startsWith("  2 ")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void versionIsForScriptsToo() {
        assertThat(execute("version", "-o", "json")).isEqualTo(ExitCode.OK);
        assertThat(text()).startsWith("{\"schema\":\"twinspan.version/1\",\"version\":\"");
    }
}
