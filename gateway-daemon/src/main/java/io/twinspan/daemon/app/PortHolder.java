package io.twinspan.daemon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which process holds the IKE ports, as far as /proc shows it. */
final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    private static final int INODE_COLUMN = 9;

    private PortHolder() {}

    /** {@code charon (pid 812)}; empty where nobody is found. */
    static Optional<String> ofIkePorts() {
        return ofPort(500).or(() -> ofPort(4500));
    }

    /** Who holds one UDP port; empty where nobody is found. */
    static Optional<String> ofPort(int port) {
        Set<String> sockets = sockets(port);
        return sockets.isEmpty() ? Optional.empty() : processWith(sockets);
    }

    /** True where a socket has this UDP port, whoever holds it. */
    static boolean isTaken(int port) {
        return !sockets(port).isEmpty();
    }

    /** True where a process sees the same network as the calling thread, or nobody can tell. */
    static boolean isInThisNetwork(Path process) {
        String here = target(PROC.resolve("thread-self/ns/net"));
        String there = target(process.resolve("ns/net"));
        return there.isEmpty() || here.equals(there);
    }

    private static Set<String> sockets(int port) {
        return Stream.of("udp", "udp6")
                .flatMap(table -> lines(PROC.resolve("thread-self/net").resolve(table)).stream())
                .filter(line -> holdsPort(line, port))
                .map(line -> "socket:[" + line.strip().split("\\s+")[INODE_COLUMN] + "]")
                .collect(Collectors.toSet());
    }

    private static boolean holdsPort(String line, int port) {
        String hex = HexFormat.of().toHexDigits((short) port).toUpperCase(Locale.ROOT);
        String[] columns = line.strip().split("\\s+");
        return columns.length > INODE_COLUMN && columns[1].endsWith(":" + hex);
    }

    private static Optional<String> processWith(Set<String> sockets) {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> holdsAny(process, sockets))
                    .map(process -> name(process) + " (pid " + process.getFileName() + ")")
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean holdsAny(Path process, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    static String name(Path process) {
        List<String> lines = lines(process.resolve("comm"));
        return lines.isEmpty() ? "a process" : lines.getFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
