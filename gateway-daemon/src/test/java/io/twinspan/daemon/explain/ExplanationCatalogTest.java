package io.twinspan.daemon.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.ike.DatagramDrop;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExplanationCatalogTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** The type of an event follows its severity wherever one is made. */
    private static final Pattern EVENT_TYPE = Pattern.compile(
            "(?i:severity)(?:\\.[A-Z]+)?(?: : Severity\\.[A-Z]+)?,\\s*(?:\\w+ \\? )?\"([a-z]+\\.[a-z-]+)\"(?:\\s*: \"([a-z]+\\.[a-z-]+)\")?");

    private final ExplanationCatalog catalog = ExplanationCatalog.load();

    @Test
    void everyNotifyOfIkeIsExplained() {
        assertExplained(NotifyType.values());
    }

    @Test
    void everyCauseOfATunnelThatWentDownIsExplained() {
        assertExplained(IkeReport.DownCause.values());
    }

    @Test
    void everyRuleThatPeersBreakIsExplained() {
        assertExplained(IkeMisbehaviour.values());
    }

    @Test
    void everyDropIsExplained() {
        assertExplained(PathVerdict.values());
        assertExplained(EspVerdict.values());
        assertExplained(DatagramDrop.Reason.values());
    }

    @Test
    void everyExitCodeIsExplained() throws IllegalAccessException {
        for (var field : ExitCode.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                assertThat(catalog.find(String.valueOf(field.getInt(null))))
                        .describedAs(field.getName())
                        .isPresent();
            }
        }
    }

    @Test
    void everyTypeOfEventIsExplained() throws IOException {
        Set<String> types = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                Matcher found = EVENT_TYPE.matcher(Files.readString(file));
                while (found.find()) {
                    types.add(found.group(1));
                    if (found.group(2) != null) {
                        types.add(found.group(2));
                    }
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(30).contains("drill.finished", "tunnel.target-answers");
        Arrays.stream(TunnelState.values()).forEach(it -> types.add("tunnel." + it.label()));
        Arrays.stream(ConnectionState.values()).forEach(it -> types.add("connection." + it.label()));
        assertThat(types).allSatisfy(type -> assertThat(catalog.find(type)).isPresent());
    }

    @Test
    void everyEntrySaysWhatItMeansAndWhatToDo() {
        assertThat(catalog.all()).allSatisfy(it -> {
            assertThat(it.meaning()).hasSizeGreaterThan(4).endsWith(".");
            assertThat(it.action()).hasSizeGreaterThan(4).matches(".*[.']");
        });
    }

    @Test
    void codesAreFoundHoweverTheyAreTyped() {
        assertThat(catalog.find("no-proposal-chosen"))
                .isEqualTo(catalog.find("NO_PROPOSAL_CHOSEN"))
                .isPresent();
        assertThat(catalog.find("Tunnel.Path-Down")).isPresent();
        assertThat(catalog.find("no such thing")).isEmpty();
        assertThat(catalog.near("NO_PROPOSAL_CHOOSEN")).first().isEqualTo("NO_PROPOSAL_CHOSEN");
        assertThat(catalog.near("icv")).isNotNull();
        assertThat(catalog.near("proposal")).contains("NO_PROPOSAL_CHOSEN");
    }

    @Test
    void aSentenceNamesItsCodes() {
        assertThat(catalog.mentionedIn("connect: the peer answers IKE_SA_INIT with NO_PROPOSAL_CHOSEN; we offer X"))
                .extracting(Explanation::code)
                .containsExactly("NO_PROPOSAL_CHOSEN");
    }

    @Test
    void aBrokenCatalogueIsRefused() {
        assertThatThrownBy(() -> ExplanationCatalog.parse("A | ike | x")).hasMessageContaining("four columns");
        assertThatThrownBy(() -> ExplanationCatalog.parse("A | ike | x | y\na | ike | x | y"))
                .hasMessageContaining("twice");
    }

    private void assertExplained(Enum<?>[] values) {
        assertThat(List.of(values))
                .allSatisfy(it -> assertThat(catalog.find(it.name()))
                        .describedAs(it.name())
                        .isPresent());
    }
}
