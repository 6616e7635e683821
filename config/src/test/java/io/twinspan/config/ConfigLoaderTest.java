package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.DataPlaneConfig.CryptoEngine;
import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void fillsDefaultsForATypicalFile() throws IOException {
        GatewayConfig config =
                loaded(ConfigLoader.load("twinspan.yaml", resource("good/aws-typical.yaml"), TestSecrets.good()));

        ConnectionConfig connection = config.connections().getFirst();
        assertThat(connection.device()).isEqualTo("ts-prod");
        assertThat(connection.uplinkMtuBytes()).isEqualTo(1_500);
        assertThat(connection.failover().preferredTunnel()).isEqualTo(1);
        TunnelConfig second = connection.tunnels().get(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.enabled()).isTrue();
        assertThat(second.localIdentity()).isEqualTo("198.51.100.7");
        assertThat(second.remoteIdentity()).isEqualTo("203.0.113.94");
        assertThat(second.ikeLifetime()).isEqualTo(Duration.ofHours(8));
        assertThat(second.livenessTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(second.ikeProposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.encryption()).containsExactly(EncryptionAlgorithm.AES_GCM_16_256);
            assertThat(proposal.keyExchange()).containsExactly(KeyExchangeMethod.ECP_384);
        });
    }

    @Test
    void moreTunnelsThanAGatewayTakesAreAProblemAtTheConnectionThatHasOneTooMany() {
        String most = connections(GatewayConfig.MAX_TUNNELS);

        assertThat(ConfigLoader.load("twinspan.yaml", most, TestSecrets.good())).isInstanceOf(LoadResult.Loaded.class);
        LoadResult result =
                ConfigLoader.load("twinspan.yaml", connections(GatewayConfig.MAX_TUNNELS + 1), TestSecrets.good());
        assertThat(result)
                .isInstanceOfSatisfying(
                        LoadResult.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .filteredOn(problem -> problem.message().contains("tunnels up to here"))
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.path()).isEqualTo("connections.c512")));
    }

    /** As many connections of one tunnel each. */
    private static String connections(int count) {
        StringBuilder yaml = new StringBuilder("version: 1\nconnections:\n");
        for (int i = 0; i < count; i++) {
            String last = i / 250 + "." + i % 250;
            yaml.append("""
                      c%d:
                        local: 10.%s.0/24
                        remote: 172.%d.%d.0/24
                        tunnels:
                          - psk-file: prod-1.psk
                            outside: { bind: 198.51.100.1, remote: 203.0.%s }
                            inside: { local: 169.254.%d.%d/30, remote: 169.254.%d.%d }
                    """.formatted(
                    i, last, 16 + i / 250, i % 250, last, 64 + i / 64, i % 64 * 4 + 2, 64 + i / 64, i % 64 * 4 + 1));
        }
        return yaml.toString();
    }

    @Test
    void aFileWithoutADataPlaneSectionMovesPacketsByDefault() throws IOException {
        GatewayConfig config =
                loaded(ConfigLoader.load("twinspan.yaml", resource("good/aws-typical.yaml"), TestSecrets.good()));

        assertThat(config.dataPlane())
                .isEqualTo(new DataPlaneConfig(
                        CryptoEngine.AUTO,
                        true,
                        4_194_304,
                        Duration.ZERO,
                        0,
                        Pacing.OFF,
                        Duration.ofMillis(2),
                        Duration.ofMillis(100)));
    }

    @Test
    void pacingForAwsIsTheLimitOfAStandardTunnel() throws IOException {
        GatewayConfig config =
                loaded(ConfigLoader.load("twinspan.yaml", resource("good/responder.yaml"), TestSecrets.good()));

        assertThat(config.dataPlane().pacing()).isEqualTo(new Pacing(1_250_000_000L, 140_000));
    }

    @Test
    void readsKeysFromFilesBesideTheConfiguration() throws IOException {
        Path file = writeTypical("rw-------");

        GatewayConfig config = loaded(ConfigLoader.load(file));

        assertThat(config.connections().getFirst().tunnels().getFirst().preSharedKey())
                .isEqualTo(TestSecrets.key("secrets/prod-1.psk"));
    }

    @Test
    void b7_missingKeyIsALoadErrorThatNamesTheTunnelAndTheFile() throws IOException {
        Path file = writeTypical("rw-------");
        Files.delete(folder.resolve("secrets/prod-2.psk"));

        assertThat(ProblemPrinter.lines(ConfigLoader.load(file).problems()))
                .anySatisfy(line -> assertThat(line)
                        .contains("twinspan.yaml:16:19  error  connections.prod.tunnels[1].psk-file: ")
                        .contains("key of tunnel prod/2: file 'secrets/prod-2.psk' does not exist"));
    }

    @Test
    void refusesAKeyFileThatEveryoneCanRead() throws IOException {
        Path file = writeTypical("rw-r--r--");

        assertThat(ConfigLoader.load(file))
                .isInstanceOfSatisfying(
                        LoadResult.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .hasSize(2)
                                .allSatisfy(problem ->
                                        assertThat(problem.sentence()).contains("open to every user", "chmod 600")));
    }

    private Path writeTypical(String mode) throws IOException {
        Files.createDirectory(folder.resolve("secrets"));
        for (String name : new String[] {"secrets/prod-1.psk", "secrets/prod-2.psk"}) {
            Path secret = folder.resolve(name);
            Files.write(secret, TestSecrets.key(name).expose());
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(mode));
        }
        return Files.writeString(folder.resolve("twinspan.yaml"), resource("good/aws-typical.yaml"));
    }

    private static GatewayConfig loaded(LoadResult result) {
        assertThat(result.problems()).isEmpty();
        return switch (result) {
            case LoadResult.Loaded(GatewayConfig config, var _) -> config;
            case LoadResult.Invalid _ -> throw new AssertionError("invalid");
        };
    }

    private static String resource(String name) throws IOException {
        return TestResources.text(name);
    }
}
