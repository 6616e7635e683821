package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands against a real socket: what they print and how they exit. */
final class CommandLineTest extends CommandFixture {
    private static final String STATUS = """
            prod   DEGRADED, not redundant   active 2   for 12 min   last switch 12 min ago (1 -> 2, silent, 0.2 ms)

              TUNNEL  STATE  PEER          RTT      LOSS  IN         OUT        REKEY
              1       down   203.0.113.10  -        -     0 b/s      0 b/s      -
            > 2       up     203.0.113.94  12.1 ms  0.5%  8.00 kb/s  10.0 Mb/s  41 min

            tunnel 1: down for 12 min: no answer for 30 s to \\u001b[31m"x"
            tunnel 1: dropped 3 packets: auth 1, replay 2
            tunnel 2: silent tunnel is left after at most 230 ms at RTT 12 ms
            """;
    private static final String SAS = """
            TUNNEL  SA   SPI IN              SPI OUT             SUITE                            PEER               REKEY       EXPIRE      NOTE
            prod/2  ike  0x1122334455667788  0x8877665544332211  aes-gcm-16-256/hmac-sha2-384/20  203.0.113.94:4500  5 h 00 min  7 h 00 min  initiator, NAT here
            prod/2  esp  0xc1f00001          0x0badcafe          aes-gcm-16-256+esn               203.0.113.94:4500  41 min      51 min      udp, sending
            """;

    @Test
    void mtuShowsEachLineOfTheSumAndExitsWithWhatItFound() {
        assertThat(run("mtu", "prod/1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("prod/1: aes-gcm-16-256+esn in UDP over IPv4")
                .containsPattern("uplink +1500")
                .containsPattern("- UDP header +8")
                .containsPattern("= room +1440")
                .containsPattern("= inner MTU +1438")
                .containsPattern("MSS over IPv4 +1398")
                .contains("measured: 1500 octets outside, 1438 inside");
        assertThat(run("mtu", "prod/2")).isEqualTo(ExitCode.DEGRADED);
        assertThat(run("mtu", "prod/3")).isEqualTo(ExitCode.DOWN);
        assertThat(run("mtu", "prod", "-o", "json")).isEqualTo(ExitCode.DEGRADED);
        assertThat(run("mtu", "nobody")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void statusTellsTheVerdictFirst() {
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString(STATUS);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void statusAsJsonIsTheApisOwn() {
        assertThat(run("status", "prod", "-o", "json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("{\"schema\":\"twinspan.status/1\",")
                .endsWith("}\n");
    }

    @Test
    void statusExitsWithTheStateOnRequestOnly() {
        assertThat(run("status", "--exit-code")).isEqualTo(ExitCode.DEGRADED);
    }

    @Test
    void sasListsBothKinds() {
        assertThat(run("sas")).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString(SAS);
    }

    @Test
    void eventsAreOneLineEach() {
        gateway.happen("no answer for 30 s");
        assertThat(run("events")).isEqualTo(ExitCode.OK);
        assertThat(out)
                .hasToString(
                        "2026-11-23T03:00:00.250Z  warn   prod/1      tunnel.down           no answer for 30 s  was=up\n");
    }

    @Test
    void ordersReachTheGateway() {
        assertThat(run("up", "prod/2")).isEqualTo(ExitCode.OK);
        assertThat(run("down", "prod")).isEqualTo(ExitCode.OK);
        assertThat(run("switch", "prod", "--to", "2")).isEqualTo(ExitCode.OK);
        assertThat(run("rekey", "prod/1", "--ike")).isEqualTo(ExitCode.OK);
        assertThat(run("rekey", "prod/1")).isEqualTo(ExitCode.OK);
        assertThat(gateway.orders())
                .containsExactly("up prod/2", "down prod/0", "switch prod/2", "rekey IKE prod/1", "rekey ESP prod/1");
    }

    @Test
    void refusalsSayWhatHappenedAndWhatToDo() {
        assertThat(run("switch", "prod", "--to", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(err).hasToString("twinspan: tunnel prod/1 cannot carry traffic: no answer\n  wait\n");
        assertThat(run("up", "nope")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void missingDaemonIsItsOwnExitCode() throws Exception {
        server.close();
        assertThat(run("status")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString()).contains("no daemon listens on " + socket).contains("twinspan run --config FILE");
    }

    @Test
    void wrongUsageProposesWhatWasMeant() {
        CommandLine line = commandLine();
        assertThat(TwinspanCommand.execute(line, "statsu")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("twinspan status");
        assertThat(run("up", "prod/x")).isEqualTo(ExitCode.USAGE);
        assertThat(run("rekey", "prod/1", "--ike", "--esp")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void wrongUsageIsSaidInTwoLinesWhichAScreenCannotLose() {
        assertThat(run("sas", "prod/x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .hasSize(2)
                .satisfiesExactly(
                        what -> assertThat(what).startsWith("twinspan: ").contains("'prod/x' is no connection"),
                        where -> assertThat(where).isEqualTo("  usage and examples: twinspan sas --help"));
    }

    @Test
    void helpOfACommandIsWhatItsOptionShows() {
        assertThat(execute("config", "apply", "--help")).isEqualTo(ExitCode.OK);
        String help = text();
        assertThat(execute("help", "config", "apply")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEqualTo(help).contains("twinspan config apply --confirm 60s");
        assertThat(execute("help", "config", "aply")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no command 'aply'").contains("apply");
        assertThat(TwinspanCommand.createFor("help")).isEmpty();
    }

    @Test
    void everyCommandIsListedWithAWholeSentence() {
        assertSentences(commandLine());
    }

    @Test
    void everyCommandHasAnExampleInItsHelp() {
        assertExamples(commandLine());
    }

    @Test
    void everyCommandTakesTheSocketSoThatAScriptMayPassItToAll() {
        assertTakesSocket(commandLine());
    }

    @Test
    void configCheckNamesThePlaceAndExitsWithSix() throws IOException {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, "version: 1\nconections: {}\n");
        assertThat(execute("config", "check", file.toString())).isEqualTo(ExitCode.CONFIG_INVALID);
        assertThat(out.toString()).contains(file + ":2:1").contains("connections");
        assertThat(execute("config", "show", file.toString())).isEqualTo(ExitCode.CONFIG_INVALID);
    }

    @Test
    void importRefusesWhatIsNoAwsFile() throws IOException {
        Path file = folder.resolve("file.xml");
        Files.writeString(file, "hello");
        assertThat(execute("import", "aws", file.toString(), "--to", folder.toString()))
                .isEqualTo(ExitCode.CONFIG_INVALID);
        assertThat(err.toString()).contains("nothing was written");
    }

    private static void assertTakesSocket(CommandLine line) {
        if (line.getSubcommands().isEmpty()) {
            assertThat(line.getCommandSpec().optionsMap())
                    .as(line.getCommandName())
                    .containsKey("--socket");
        }
        line.getSubcommands().values().forEach(CommandLineTest::assertTakesSocket);
    }

    private static void assertSentences(CommandLine line) {
        assertThat(line.getCommandSpec().usageMessage().description()[0])
                .as(line.getCommandName())
                .endsWith(".");
        line.getSubcommands().values().forEach(CommandLineTest::assertSentences);
    }

    private static void assertExamples(CommandLine line) {
        assertThat(line.getUsageMessage()).as(line.getCommandName()).contains("Examples:");
        line.getSubcommands().values().forEach(CommandLineTest::assertExamples);
    }
}
