package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Wireshark's opinion of a capture. */
final class CaptureJudge {
    private static final String MALFORMED = "_ws.malformed";

    private CaptureJudge() {}

    /** Fails where tshark calls any packet malformed. */
    static void assertWellFormed(Path capture) {
        assertThat(select(capture, MALFORMED))
                .describedAs("packets that tshark calls malformed in " + capture)
                .isEmpty();
    }

    /** One line for each packet that a display filter selects. */
    static List<String> select(Path capture, String displayFilter) {
        return tshark("-r", capture.toString(), "-Y", displayFilter);
    }

    /** The values of one field, one line for each packet that a display filter selects. */
    static List<String> field(Path capture, String displayFilter, String field) {
        return tshark("-r", capture.toString(), "-Y", displayFilter, "-T", "fields", "-e", field);
    }

    /** The values of some fields, one line for each packet that a display filter selects, with tabs between them. */
    static List<String> lines(Path capture, String displayFilter, String... fields) {
        List<String> arguments =
                new ArrayList<>(List.of("-r", capture.toString(), "-Y", displayFilter, "-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return tshark(arguments.toArray(String[]::new));
    }

    /** The same with preferences for tshark. */
    static List<String> field(Path capture, List<String> preferences, String displayFilter, String field) {
        List<String> arguments = new ArrayList<>(preferences);
        arguments.addAll(List.of("-r", capture.toString(), "-Y", displayFilter, "-T", "fields", "-e", field));
        return tshark(arguments.toArray(String[]::new));
    }

    private static List<String> tshark(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).describedAs("exit code of " + command).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
