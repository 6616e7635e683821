package io.twinspan.daemon.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.ProblemPrinter;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.daemon.lab.LabTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The gateway's configuration, written as a user would and read by the real loader. */
final class GatewayFiles {
    static final String CONNECTION = "aws";
    static final String DEVICE = "twin0";

    private GatewayFiles() {}

    /** Writes {@code twinspan.yaml} and its secrets into a folder; returns the file. */
    static Path write(Scenario scenario, Path folder) {
        StringBuilder yaml = new StringBuilder("""
                version: 1
                connections:
                  %s:
                    device: %s
                    local: [%s]
                    remote: [%s]
                    startup: %s
                    legacy: true
                    liveness: {interval: %s, timeout: %s}
                    hold-down: %s
                    identity: {local: %s}
                %s    tunnels:
                """.formatted(
                        CONNECTION,
                        DEVICE,
                        LabTopology.ON_PREM_PREFIX,
                        LabTopology.VPC_PREFIX,
                        scenario.gatewayStarts() ? "initiate" : "respond",
                        scenario.livenessInterval(),
                        scenario.livenessTimeout(),
                        scenario.holdDown(),
                        LabTopology.GATEWAY_PUBLIC,
                        scenario.connectionLines()));
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            String secret = "aws-" + tunnel + ".psk";
            writeSecret(folder.resolve(secret), scenario.gatewayKeys().get(tunnel - 1));
            yaml.append("""
                          - number: %d
                            psk-file: %s
                            outside: {remote: %s}
                            inside: {local: %s/30, remote: %s}
                    """.formatted(
                            tunnel,
                            secret,
                            LabTopology.ENDPOINTS.get(tunnel - 1),
                            insideOfGateway(tunnel),
                            insideOfAws(tunnel)));
            yaml.append(scenario.suites().get(tunnel - 1).yaml("        "));
        }
        try {
            return Files.writeString(folder.resolve("twinspan.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads a file as the daemon does. */
    static GatewayConfig load(Path file) {
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Loaded loaded -> loaded.config();
            case LoadResult.Invalid invalid ->
                throw new AssertionError(String.join("\n", ProblemPrinter.lines(invalid.problems())));
        };
    }

    static String insideOfGateway(int tunnel) {
        return "169.254." + (20 + tunnel) + ".2";
    }

    static String insideOfAws(int tunnel) {
        return "169.254." + (20 + tunnel) + ".1";
    }

    private static void writeSecret(Path file, String key) {
        try {
            Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.write(file, (key + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
