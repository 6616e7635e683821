package io.twinspan.config.awsimport;

import io.twinspan.config.GoldenFiles;
import io.twinspan.config.TestResources;
import io.twinspan.crypto.net.IpPrefix;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the importer makes of every document, with and without the networks given: file, origins, gaps and findings. */
class AwsImporterGoldenTest {
    static Stream<String> documents() throws IOException {
        return Stream.concat(TestResources.names("aws", ".xml").stream(), TestResources.names("aws", ".json").stream());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void importsAsKept(String document) throws IOException {
        String name = document.substring(document.indexOf('/') + 1);
        byte[] octets = TestResources.octets(document);
        boolean ipv6 = name.contains("ipv6");
        ImportOptions withNetworks = ImportOptions.none()
                .withNetworks(
                        List.of(IpPrefix.parse(ipv6 ? "2001:db8:cccc::/48" : "10.44.0.0/16")),
                        List.of(IpPrefix.parse(ipv6 ? "2001:db8:aaaa::/48" : "172.31.0.0/16")));
        String bare = ImportText.of(AwsImporter.run(octets, ImportOptions.none()));
        String given = ImportText.of(AwsImporter.run(octets, withNetworks));

        GoldenFiles.compare("aws/golden/" + name + ".txt", bare + "\n==== with --local and --remote ====\n\n" + given);
    }
}
