package io.twinspan.benchmarks.throughput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Other programs on this machine. */
final class Programs {
    private Programs() {}

    /** A sentence where a program is not there; empty where it is. */
    static String missing(Path program, String howToGetIt) {
        return Files.isExecutable(program) ? "" : "there is no " + program + ": " + howToGetIt;
    }

    /** The first line with this word that a command prints; a question mark where there is none. */
    static String line(String word, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(word))
                    .findFirst()
                    .orElse("?")
                    .strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
