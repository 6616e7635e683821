package io.twinspan.daemon.app;

import io.twinspan.daemon.control.TcpWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernel's connection tracking, where it shows it as a file: many kernels do not, and without a firewall rule that asks for
 * it nothing is tracked. Read on a thread of its own, which lives in the network namespace of the caller.
 */
final class ConnectionTracking implements TcpWatch {
    private static final Path FILE = Path.of("/proc/thread-self/net/nf_conntrack");
    private static final int ADDRESSING_WORDS = 4;

    @Override
    public CompletableFuture<Set<String>> established() {
        CompletableFuture<Set<String>> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("twinspan-conntrack").start(() -> {
            try (Stream<String> lines = Files.lines(FILE)) {
                result.complete(established(lines));
            } catch (IOException | UncheckedIOException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** The addresses and ports of the direction that opened the connection name it. */
    static Set<String> established(Stream<String> lines) {
        return lines.filter(line -> line.contains(" tcp ") && line.contains(" ESTABLISHED "))
                .map(line -> Stream.of(line.split(" +"))
                        .filter(word -> word.matches("(src|dst|sport|dport)=.*"))
                        .limit(ADDRESSING_WORDS)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.toUnmodifiableSet());
    }
}
