package io.twinspan.config.awsimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.TestResources;
import io.twinspan.crypto.net.IpPrefix;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Forms of one document that must not make a difference, and input that is nothing of the kind. */
class AwsImporterTest {
    private static final ImportOptions NETWORKS = ImportOptions.none()
            .withNetworks(List.of(IpPrefix.parse("10.44.0.0/16")), List.of(IpPrefix.parse("172.31.0.0/16")));

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkCharsetAndLineEndsMakeNoDifference(String charset) throws IOException {
        String plain = TestResources.text("aws/02-vgw-static-2019.xml");
        String windows = "\uFEFF" + plain.replace("\n", "\r\n");

        ImportResult result = AwsImporter.run(windows.getBytes(Charset.forName(charset)), NETWORKS);

        assertThat(ImportText.of(result))
                .isEqualTo(ImportText.of(AwsImporter.run(plain.getBytes(StandardCharsets.UTF_8), NETWORKS)));
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void orderOfTheListsMakesNoDifference() throws IOException {
        ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(TestResources.text("aws/made-full-options.json"));
        ObjectNode connection = (ObjectNode) root.path("VpnConnections").get(0);
        reverse((ArrayNode) connection.path("Options").path("TunnelOptions"));
        reverse((ArrayNode) connection.path("VgwTelemetry"));
        String xml = connection.path("CustomerGatewayConfiguration").stringValue();
        int first = xml.indexOf("<ipsec_tunnel>");
        int second = xml.lastIndexOf("<ipsec_tunnel>");
        int end = xml.indexOf("</vpn_connection>");
        connection.put(
                "CustomerGatewayConfiguration",
                xml.substring(0, first)
                        + xml.substring(second, end)
                        + xml.substring(first, second)
                        + xml.substring(end));

        ImportResult result = AwsImporter.run(root.toString().getBytes(StandardCharsets.UTF_8), NETWORKS);

        assertThat(result.files())
                .isEqualTo(AwsImporter.run(TestResources.octets("aws/made-full-options.json"), NETWORKS)
                        .files());
    }

    @Test
    void takesTheConnectionThatIsAskedFor() throws IOException {
        byte[] several = TestResources.octets("aws/made-several.json");

        assertThat(AwsImporter.run(several, NETWORKS.withVpnId("vpn-0aaaaaaaaaaaaaaaa"))
                        .isComplete())
                .isTrue();
        assertThat(message(AwsImporter.run(several, NETWORKS.withVpnId("vpn-0dddddddddddddddd"))))
                .contains("is deleted");
        assertThat(message(AwsImporter.run(several, NETWORKS.withVpnId("vpn-0bbbbbbbbbbbbbbbb"))))
                .contains("does not hold vpn-0bbbbbbbbbbbbbbbb");
    }

    @Test
    void readsTheXmlThatAQueryPrintsAsOneJsonString() throws IOException {
        String quoted = JsonMapper.shared().writeValueAsString(TestResources.text("aws/02-vgw-static-2019.xml"));

        assertThat(AwsImporter.run(quoted.getBytes(StandardCharsets.UTF_8), NETWORKS)
                        .isComplete())
                .isTrue();
    }

    @Test
    void refusesDocumentTypesSoThatNoEntityIsEverFetched() {
        String xml = "<!DOCTYPE v [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><vpn_connection id=\"&x;\"/>";

        assertThat(message(AwsImporter.run(xml.getBytes(StandardCharsets.UTF_8), NETWORKS)))
                .contains("document type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "hello",
                "{}",
                "[]",
                "[1,2]",
                "{\"VpnConnections\":[]}",
                "<a/>",
                "<",
                "\"x\"",
                "{\"a\":"
            })
    void saysWhatIsWrongWithOtherInput(String text) {
        ImportResult result = AwsImporter.run(text.getBytes(StandardCharsets.UTF_8), NETWORKS);

        assertThat(result.hasErrors()).isTrue();
        assertThat(result.files().files()).isEmpty();
    }

    @Test
    void namesWhatIsWrongWithTheOptionsOfTheCommand() throws IOException {
        byte[] xml = TestResources.octets("aws/02-vgw-static-2019.xml");

        assertThat(message(AwsImporter.run(xml, NETWORKS.withBind("eth0")))).contains("--bind");
        assertThat(message(AwsImporter.run(xml, NETWORKS.withConnectionName("no spaces"))))
                .contains("cannot name a connection");
        assertThat(message(AwsImporter.run(
                        xml,
                        ImportOptions.none()
                                .withNetworks(
                                        List.of(IpPrefix.parse("10.0.0.0/8")),
                                        List.of(IpPrefix.parse("10.1.0.0/16"))))))
                .contains("overlaps");
        assertThat(AwsImporter.run(xml, NETWORKS.withBind("10.0.0.5").withConnectionName("prod"))
                        .files()
                        .yaml()
                        .orElseThrow())
                .contains("  prod:\n", "      bind: 10.0.0.5\n", "psk-file: secrets/prod-1.psk");
    }

    @Test
    void numbersWrittenAsTextCountToo() throws IOException {
        String text = TestResources.text("aws/made-full-options.json")
                .replace("\"Phase2LifetimeSeconds\": 1800", "\"Phase2LifetimeSeconds\": \"1800\"")
                .replace("\"Value\": 21", "\"Value\": \"21\"");

        assertThat(AwsImporter.run(text.getBytes(StandardCharsets.UTF_8), NETWORKS)
                        .files())
                .isEqualTo(AwsImporter.run(TestResources.octets("aws/made-full-options.json"), NETWORKS)
                        .files());
    }

    @Test
    void noKeyAppearsOutsideItsFile() throws IOException {
        for (String name : TestResources.names("aws", ".xml")) {
            String text = TestResources.text(name);
            String key = text.replaceAll("(?s).*<pre_shared_key>(.*?)</pre_shared_key>.*", "$1");
            ImportResult result = AwsImporter.run(text.getBytes(StandardCharsets.UTF_8), NETWORKS);

            assertThat(result.toString()).doesNotContain(key);
        }
    }

    @Property(tries = 400)
    void neverThrowsOnBrokenDocuments(
            @ForAll @IntRange(min = 0, max = 14) int document,
            @ForAll @IntRange(min = 1, max = 12) int wounds,
            @ForAll long seed)
            throws IOException {
        List<String> names = new java.util.ArrayList<>(TestResources.names("aws", ".xml"));
        names.addAll(TestResources.names("aws", ".json"));
        byte[] octets = TestResources.octets(names.get(document % names.size()));
        Random random = new Random(seed);
        for (int wound = 0; wound < wounds; wound++) {
            octets = wounded(octets, random);
        }

        ImportResult result = AwsImporter.run(octets, NETWORKS);

        assertThat(result.isComplete() && result.hasErrors()).isFalse();
        assertThat(result.hasErrors()).isEqualTo(result.files().files().isEmpty());
    }

    /** One octet changed, a piece cut out, or a piece doubled. */
    private static byte[] wounded(byte[] octets, Random random) {
        int from = random.nextInt(octets.length);
        int to = Math.min(octets.length, from + 1 + random.nextInt(40));
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String piece = text.substring(from, to);
        String changed = switch (random.nextInt(3)) {
            case 0 -> String.valueOf((char) random.nextInt(256));
            case 1 -> "";
            default -> piece + piece;
        };
        String result = text.substring(0, from) + changed + text.substring(changed.length() == 1 ? from + 1 : to);
        return (result.isEmpty() ? "<" : result).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void writesFilesOnlyForTheOwnerAndNeverOverUnasked(@org.junit.jupiter.api.io.TempDir Path folder)
            throws IOException {
        Path target = folder.resolve("etc/twinspan");
        ImportedFiles files = AwsImporter.run(
                        TestResources.octets("aws/02-vgw-static-2019.xml"), NETWORKS.withConnectionName("prod"))
                .files();

        assertThat(files.write(target, false))
                .isInstanceOfSatisfying(
                        ImportedFiles.WriteResult.Written.class,
                        written -> assertThat(written.paths())
                                .containsExactly(
                                        target.resolve("twinspan.yaml"),
                                        target.resolve("secrets/prod-1.psk"),
                                        target.resolve("secrets/prod-2.psk")));
        assertThat(io.twinspan.config.ConfigLoader.load(target.resolve("twinspan.yaml"))
                        .problems())
                .isEmpty();
        assertThat(mode(target.resolve("secrets/prod-1.psk"))).isEqualTo("rw-------");
        assertThat(mode(target.resolve("twinspan.yaml"))).isEqualTo("rw-------");
        assertThat(mode(target.resolve("secrets"))).isEqualTo("rwx------");

        Files.writeString(target.resolve("twinspan.yaml"), "mine");
        Files.delete(target.resolve("secrets/prod-2.psk"));
        assertThat(files.write(target, false))
                .isInstanceOfSatisfying(
                        ImportedFiles.WriteResult.Refused.class,
                        refused -> assertThat(refused.existing())
                                .containsExactly(
                                        target.resolve("twinspan.yaml"), target.resolve("secrets/prod-1.psk")));
        assertThat(target.resolve("secrets/prod-2.psk")).doesNotExist();
        assertThat(target.resolve("twinspan.yaml")).hasContent("mine");

        assertThat(files.write(target, true)).isInstanceOf(ImportedFiles.WriteResult.Written.class);
        assertThat(target.resolve("twinspan.yaml")).content().startsWith("# Made by");
        assertThat(mode(target.resolve("secrets/prod-2.psk"))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String message(ImportResult result) {
        assertThat(result.hasErrors()).isTrue();
        return result.findings().toString();
    }

    private static void reverse(ArrayNode array) {
        List<JsonNode> items = new java.util.ArrayList<>(array.values());
        array.removeAll();
        items.reversed().forEach(array::add);
    }
}
