package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.daemon.control.MtuMeasurement.MeasuredPath;
import io.twinspan.daemon.control.MtuMeasurement.Verdict;
import io.twinspan.daemon.lab.LabFlow;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.PlaintextTap;
import io.twinspan.daemon.lab.StreamCheck;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are too large for their tunnel, with real hosts, a real kernel between them and strongSwan as AWS. */
class MtuIT {
    /** AES-GCM in UDP over 1500. */
    private static final int INNER_MTU = 1438;

    /** AES-CBC with HMAC-SHA2-512 in UDP over 1500. */
    private static final int SMALLER_INNER_MTU = 1406;

    private static final Suite CBC_SHA512 = new Suite(
            Suite.DEFAULT.ike(),
            Suite.DEFAULT.prf(),
            new Suite.Phase(
                    EncryptionAlgorithm.AES_CBC_256, IntegrityAlgorithm.HMAC_SHA2_512_256, KeyExchangeMethod.ECP_384));

    @ParameterizedTest(name = "df: {0}")
    @ValueSource(strings = {"clear", "honor", "both"})
    void e24_aPingOf1500OctetsWithDfGoesAsThePolicySays(String df) throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withSetting("df: " + df), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.assertTrafficPasses(100);
            rig.awaitTrue("the device has the MTU of the suite", () -> deviceMtu(rig) == INNER_MTU);
            Path capture = rig.folder().resolve("host.pcap");
            Path outside = rig.folder().resolve("esp.pcap");
            String ping = "";
            try (PlaintextTap _ = PlaintextTap.start(rig.topology().hostA(), "eth0", List.of(), capture);
                    PlaintextTap _ = PlaintextTap.start(
                            rig.topology().internet(), rig.topology().tapDevice(), List.of(), outside)) {
                ping = ping(rig);
            }
            List<String> told = CaptureJudge.select(
                    capture, "icmp.type == 3 && icmp.code == 4 && icmp.mtu == " + INNER_MTU + " && ip.src == 10.1.0.1");
            assertThat(told).describedAs(ping).hasSize(df.equals("clear") ? 0 : 1);
            List<String> answers = CaptureJudge.select(capture, "icmp.type == 0");
            assertThat(answers.isEmpty()).describedAs(ping).isEqualTo(df.equals("honor"));
            assertThat(CaptureJudge.select(
                            outside,
                            "ip.src == " + LabTopology.GATEWAY_PUBLIC + " && (ip.flags.mf == 1 || ip.frag_offset > 0)"))
                    .describedAs("outer fragments from us")
                    .isEmpty();
        });
    }

    @Test
    void tcpIsKeptToWhatBothTunnelsCarryOnBothSides() throws Exception {
        Scenario scenario = Scenario.gatewayStartsBoth().withSuites(Suite.DEFAULT, CBC_SHA512);
        Rig.run(scenario, rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.awaitTrue("the device has the smaller tunnel's MTU", () -> deviceMtu(rig) == SMALLER_INNER_MTU);
            Path capture = rig.folder().resolve("vpc.pcap");
            try (PlaintextTap _ = PlaintextTap.start(rig.topology().vpc(), "to-aws-1", List.of(), capture)) {
                assertThat(StreamCheck.run(
                                rig.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 1 << 20))
                        .isPositive();
            }
            assertThat(CaptureJudge.field(capture, "tcp.flags.syn == 1 && ip.src == 10.1.0.10", "tcp.options.mss_val"))
                    .isNotEmpty()
                    .allMatch(mss -> mss.equals(Integer.toString(SMALLER_INNER_MTU - 40)));
        });
    }

    @Test
    void aPathThatShrinksIsNoticedLoweredToAndRaisedAgain() throws Exception {
        Scenario scenario = Scenario.gatewayStartsBoth().withSetting("path-mtu: {interval: 5s, raise: 10s}");
        Rig.run(scenario, rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            assertThat(rig.measure(1)).satisfies(measured -> {
                assertThat(measured.verdict()).isEqualTo(Verdict.FITS);
                // strongSwan's device has an MTU of 1400, so that the large answer comes back in two pieces.
                assertThat(measured.path()).isEqualTo(new MeasuredPath.Carries(1500, INNER_MTU, false));
            });
            // A hop that drops what is too large without a word, as AWS's network does.
            rig.topology()
                    .internet()
                    .run(
                            "nft",
                            "add table ip narrow; add chain ip narrow hop { type filter hook forward priority 0; };"
                                    + " add rule ip narrow hop ip daddr " + LabTopology.ENDPOINTS.getFirst()
                                    + " meta length > 1400 drop;"
                                    + " add rule ip narrow hop ip saddr " + LabTopology.ENDPOINTS.getFirst()
                                    + " meta length > 1400 drop");
            assertThat(rig.measure(1)).satisfies(measured -> {
                assertThat(measured.verdict()).isEqualTo(Verdict.DIFFERS);
                assertThat(measured.path()).isEqualTo(new MeasuredPath.Carries(1400, 1338, true));
                assertThat(measured.advice()).singleElement().asString().contains("uplink-mtu: 1400");
            });
            rig.awaitTrue("the watch has lowered the MTU", () -> rig.count("tunnel.path-mtu", 1) == 1);
            rig.awaitTrue("the device follows", () -> deviceMtu(rig) == 1338);
            assertEchoes(rig);
            assertThat(rig.count("tunnel.down", 1)).isZero();
            rig.topology().internet().run("nft", "delete table ip narrow");
            rig.awaitTrue("the watch has raised the MTU", () -> rig.count("tunnel.path-mtu", 1) == 2);
            rig.awaitTrue("the device follows", () -> deviceMtu(rig) == INNER_MTU);
            assertThat(rig.count("tunnel.path-mtu", 2)).isZero();
        });
    }

    @Test
    void probesCarryDfSoThatAHopWithASmallerDeviceCannotHideIt() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withSetting("path-mtu: {interval: 5s}"), rig -> {
            rig.awaitRedundant();
            rig.topology().internet().run("ip", "link", "set", "to-aws-1", "mtu", "1420");
            rig.awaitTrue("the watch has lowered the MTU", () -> rig.count("tunnel.path-mtu", 1) == 1);
            assertThat(rig.measure(1).inUseBytes()).isEqualTo(1420);
            assertEchoes(rig);
            assertThat(StreamCheck.run(rig.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 1 << 20))
                    .isPositive();
        });
    }

    @Test
    void whatIsTooLargeForTheLanIsAnsweredOrCutByTheKernelAsInAnyRouter() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.topology().gateway().run("ip", "link", "set", "lan0", "mtu", "1300");
            rig.topology().hostA().run("ip", "link", "set", "eth0", "mtu", "1300");
            Path inside = rig.folder().resolve("lan.pcap");
            String told = "";
            try (PlaintextTap _ = PlaintextTap.start(rig.topology().hostA(), "eth0", List.of(), inside)) {
                try (LabFlow flow =
                        LabFlow.start(rig.topology().vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST, 5, 1_340)) {
                    flow.awaitEchoes(50, 20);
                }
                told = rig.topology().vpc().run("ip", "route", "get", LabTopology.ON_PREM_HOST);
                assertThat(StreamCheck.run(
                                rig.topology().vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST, 1 << 20))
                        .isPositive();
            }
            assertThat(told)
                    .describedAs("what the sender of packets with DF has learnt")
                    .contains("mtu 1300");
            assertThat(CaptureJudge.select(inside, "ip.src == " + LabTopology.VPC_HOST + " && ip.frag_offset > 0"))
                    .describedAs("fragments reach the LAN")
                    .isNotEmpty();
            assertThat(CaptureJudge.select(
                            inside,
                            "ip.src == " + LabTopology.VPC_HOST + " && !icmp && ip.proto == 17 && ip.len > 1300"))
                    .isEmpty();
        });
    }

    /** Packets of 1,328 octets, nearly as large as the narrow path carries. */
    private static void assertEchoes(Rig rig) {
        try (LabFlow flow =
                LabFlow.start(rig.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 5, 1_300)) {
            flow.awaitEchoes(50, 20);
        }
    }

    private static String ping(Rig rig) {
        return rig.topology()
                .hostA()
                .tryRun("ping", "-c", "4", "-i", "0.2", "-W", "1", "-M", "do", "-s", "1472", LabTopology.VPC_HOST)
                .output();
    }

    private static int deviceMtu(Rig rig) {
        String link = rig.topology().gateway().run("ip", "-o", "link", "show", "dev", GatewayFiles.DEVICE);
        return Integer.parseInt(link.replaceAll("(?s).* mtu ([0-9]+) .*", "$1"));
    }
}
