package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.render.EffectiveConfig;
import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good files against their effective form, bad files against the exact list of their problems. */
class ConfigGoldenTest {
    static List<String> good() throws IOException {
        return TestResources.names("good", ".yaml");
    }

    static Stream<String> bad() throws IOException {
        return Stream.concat(
                TestResources.names("bad/structure", ".yaml").stream(),
                TestResources.names("bad/rules", ".yaml").stream());
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodFileLoadsAsKept(String name) throws IOException {
        LoadResult result = load(name);

        String effective = switch (result) {
            case LoadResult.Loaded(GatewayConfig config, List<Problem> _) -> EffectiveConfig.render(config);
            case LoadResult.Invalid _ -> throw new AssertionError(ProblemPrinter.lines(result.problems()));
        };
        GoldenFiles.compare(expected(name), effective + "\n" + printed(result));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badFileGivesExactlyTheseProblems(String name) throws IOException {
        LoadResult result = load(name);

        assertThat(result).isInstanceOf(LoadResult.Invalid.class);
        assertThat(result.problems()).anyMatch(problem -> problem.severity() == Severity.ERROR);
        assertThat(printed(result)).doesNotContain("do-not-print-me");
        GoldenFiles.compare(expected(name), printed(result));
    }

    private static LoadResult load(String name) throws IOException {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return ConfigLoader.load(file, TestResources.text(name), TestSecrets.good());
    }

    private static String printed(LoadResult result) {
        return String.join("\n", ProblemPrinter.lines(result.problems())) + "\n";
    }

    private static String expected(String name) {
        return name.replace(".yaml", ".txt");
    }
}
