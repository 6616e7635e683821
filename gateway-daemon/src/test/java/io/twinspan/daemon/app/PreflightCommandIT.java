package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.diagnosis.SampleConfig;
import io.twinspan.daemon.lab.LabNamespace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code twinspan preflight} in a network namespace of its own. */
class PreflightCommandIT {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();

    private int preflight(LabNamespace namespace, Path config, String... more) {
        return namespace.call(() -> {
            CommandLine line = Main.commands();
            line.setOut(new PrintWriter(out, true));
            String[] words = new String[3 + more.length];
            words[0] = "preflight";
            words[1] = "--config";
            words[2] = config.toString();
            System.arraycopy(more, 0, words, 3, more.length);
            return TwinspanCommand.execute(line, words);
        });
    }

    @Test
    void aHostWithoutAWayToThePeersIsFoundAndThenAGoodOne() throws Exception {
        NamespaceRequirement.require();
        Path config = SampleConfig.write(folder);
        try (LabNamespace host = LabNamespace.create("preflight");
                LabNamespace router = LabNamespace.create("router")) {
            assertThat(preflight(host, config)).describedAs(out.toString()).isEqualTo(ExitCode.FAILED);
            assertThat(out.toString())
                    .contains("UDP 500 and 4500 free", "no way to 203.0.113.10", "/dev/net/tun, vnet_hdr usable")
                    .doesNotContain(SampleConfig.KEY);
            host.connect("up0", router, "down0");
            host.run("ip", "address", "add", "192.168.7.7/24", "dev", "up0");
            host.run("ip", "link", "set", "up0", "mtu", "1400");
            host.run("ip", "route", "add", "default", "via", "192.168.7.1");
            host.sysctl("net/ipv4/ip_forward", "1");
            out.getBuffer().setLength(0);
            assertThat(preflight(host, config, "-o", "json"))
                    .describedAs(out.toString())
                    .isEqualTo(ExitCode.DEGRADED);
            assertThat(out.toString())
                    .contains(
                            "\"verdict\":\"warn\"",
                            "behind NAT: yes, 192.168.7.7 is private",
                            "uplink-mtu is 1500, but up0 has 1400");
        }
    }

    @Test
    void whoHoldsAPortIsNamed() throws Exception {
        NamespaceRequirement.require();
        Path config = SampleConfig.write(folder);
        try (LabNamespace host = LabNamespace.create("holder")) {
            DatagramSocket holder = host.call(() -> new DatagramSocket(new InetSocketAddress("127.0.0.1", 4500)));
            try (holder) {
                assertThat(preflight(host, config)).isEqualTo(ExitCode.FAILED);
                assertThat(out.toString())
                        .contains("(pid " + ProcessHandle.current().pid() + ") holds UDP 4500");
            }
        }
    }

    @Test
    void aBrokenConfigurationIsTold() throws Exception {
        NamespaceRequirement.require();
        Path config = Files.writeString(folder.resolve("broken.yaml"), "version: 1\nconnectoins: {}\n");
        try (LabNamespace host = LabNamespace.create("broken")) {
            assertThat(preflight(host, config)).isEqualTo(ExitCode.FAILED);
            assertThat(out.toString()).contains("2 errors, first: ", "broken.yaml:1:1 connections: missing key");
        }
    }
}
