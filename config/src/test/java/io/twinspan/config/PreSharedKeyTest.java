package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.check.SecretFolder;
import io.twinspan.config.check.SecretSource;
import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import io.twinspan.crypto.secret.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that AWS would refuse, keys that are too weak, and files that are not fit to hold one. */
class PreSharedKeyTest {
    private static final String GOOD = "vK2.9_wQzR7tYb4LmN8pXc3Hd6Gj1FsA";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {GOOD, GOOD + "\n", GOOD + "\r\n", ".begins_with_a_dot_aZ19", "aB3.5_x9"})
    void acceptsWhatAwsAccepts(String key) throws IOException {
        assertThat(problemsOf(key)).noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aB3.5_x | 7 characters",
                "vK2.9_wQzR7tYb4LmN8pXc3Hd6Gj1FsAvK2.9_wQzR7tYb4LmN8pXc3Hd6Gj1FsAx | 65 characters",
                "0vK2.9_wQzR7tYb4 | begins with 0",
                "vK2+9_wQzR7tYb4L | character 4",
                "vK2 9_wQzR7tYb4L | character 4",
                "vK2.9_wQzR7tYb4\u00e9 | character 16",
                "REDACTED | Secrets Manager",
                "'' | is empty"
            })
    void refusesWhatAwsRefusesWithoutShowingIt(String key, String reason) throws IOException {
        List<Problem> problems = problemsOf(key);

        assertThat(problems)
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("key of tunnel prod/1: file 'one.psk'", reason);
                    assertThat(problem.path()).isEqualTo("connections.prod.tunnels[0].psk-file");
                });
        assertThat(problems.toString()).doesNotContain("vK2", "zR7", "aB3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaaaaaaaa", "12345678", "abababababab", "hgfedcba", "Password123", "changeme.1"})
    void a29_refusesKeysThatAreGuessedAtOnce(String key) throws IOException {
        assertThat(problemsOf(key))
                .anyMatch(problem -> problem.severity() == Severity.ERROR)
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain(key));
    }

    @Test
    void whatIsCheckedIsTheFileThatTheDaemonReads() throws Exception {
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Path secret = Files.writeString(credentials.resolve("secret"), "Authorization: none\n");
        for (Path file : List.of(secret, folder.resolve("one.psk"), folder.resolve("two.psk"))) {
            if (!file.equals(secret)) {
                Files.writeString(file, GOOD + file.getFileName().toString().charAt(0));
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        String text = TestResources.text("good/aws-typical.yaml")
                        .replace("secrets/prod-1.psk", "one.psk")
                        .replace("secrets/prod-2.psk", "two.psk")
                + """

                api:
                  listen: 192.0.2.1:8443
                  tokens: api.tokens
                  tls:
                    certificate: api.pem
                    key: ${CREDENTIALS_DIRECTORY}/secret
                metrics:
                  otlp:
                    url: https://collector.example/v1/metrics
                    headers: ${CREDENTIALS_DIRECTORY}/secret
                """;
        LoadResult result = ConfigLoader.load("twinspan.yaml", text, new SecretFolder(folder, credentials.toString()));
        assertThat(result)
                .isInstanceOf(LoadResult.Loaded.class)
                .extracting(
                        "config.api.listener.tls.key",
                        "config.api.listener.tls.certificate",
                        "config.metrics.otlp.headers")
                .containsExactly(secret, folder.resolve("api.pem"), secret);
    }

    @Test
    void aKeyMayBeACredentialOfTheService() throws Exception {
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Path key = Files.writeString(credentials.resolve("prod-1"), "Zx81kQ2mP7rT5vW9\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r-----"));
        String name = "${CREDENTIALS_DIRECTORY}/prod-1";
        assertThat(new SecretFolder(folder, credentials.toString()).read(name))
                .isInstanceOfSatisfying(SecretSource.Answer.Found.class, found -> {
                    assertThat(found.exposure()).isEmpty();
                    assertThat(found.octets().expose()).hasSize(17);
                });
        assertThat(new SecretFolder(folder, "").read(name))
                .isInstanceOfSatisfying(
                        SecretSource.Answer.Refused.class,
                        refused -> assertThat(refused.reason()).contains("LoadCredential="));
        assertThat(new SecretFolder(folder, credentials.toString()).read("${CREDENTIALS_DIRECTORY}/prod-2"))
                .isInstanceOfSatisfying(
                        SecretSource.Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("does not exist"));
    }

    @Test
    void a29_warnsOfShortKeys() throws IOException {
        assertThat(problemsOf("aB3.5_x9"))
                .anySatisfy(problem -> assertThat(problem.message()).contains("guessed offline"));
        assertThat(problemsOf(GOOD)).noneMatch(problem -> problem.message().contains("guessed"));
    }

    @Test
    void refusesTwoLines() throws IOException {
        assertThat(problemsOf(GOOD + "\n" + GOOD))
                .anySatisfy(problem -> assertThat(problem.message()).contains("more than one line"));
    }

    @Test
    void refusesWhatIsNoFileAndWhatIsTooLarge() throws IOException {
        Files.createDirectory(folder.resolve("directory"));
        Files.write(folder.resolve("large"), new byte[5_000]);
        Files.setPosixFilePermissions(folder.resolve("large"), PosixFilePermissions.fromString("rw-------"));

        assertThat(refusal("directory")).isEqualTo("is not a file");
        assertThat(refusal("large")).isEqualTo("is larger than any key");
        assertThat(refusal("absent")).isEqualTo("does not exist");
        assertThat(refusal("nul\0name")).isEqualTo("is not a possible file name");
    }

    @Test
    void warnsOfAFileOpenToItsGroup() throws IOException {
        Path file = Files.writeString(folder.resolve("group"), GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(new SecretFolder(folder).read("group"))
                .isInstanceOfSatisfying(
                        SecretSource.Answer.Found.class,
                        found -> assertThat(found.exposure()).isEqualTo("is open to its group"));
    }

    private String refusal(String name) {
        return switch (new SecretFolder(folder).read(name)) {
            case SecretSource.Answer.Refused refused -> refused.reason();
            case SecretSource.Answer.Found _ -> "";
        };
    }

    /** Loads a file with this first key and a good second one. */
    private static List<Problem> problemsOf(String key) throws IOException {
        String yaml = TestResources.text("good/aws-typical.yaml")
                .replace("secrets/prod-1.psk", "one.psk")
                .replace("secrets/prod-2.psk", "two.psk");
        SecretSource secrets = name -> new SecretSource.Answer.Found(
                SecretBytes.copyOf((name.equals("one.psk") ? key : GOOD + "x").getBytes(StandardCharsets.UTF_8)), "");
        return ConfigLoader.load("twinspan.yaml", yaml, secrets).problems();
    }
}
