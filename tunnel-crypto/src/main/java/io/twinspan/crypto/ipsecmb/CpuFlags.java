package io.twinspan.crypto.ipsecmb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Instructions that every processor of this host has and the kernel lets programs use, by Linux's names for them. */
record CpuFlags(Set<String> names) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    CpuFlags {
        names = Set.copyOf(names);
    }

    /** The flags of this host; none where they cannot be read. */
    static CpuFlags ofThisHost() {
        try {
            return parse(Files.readAllLines(CPUINFO));
        } catch (IOException e) {
            return new CpuFlags(Set.of());
        }
    }

    /** Reads the first processor's line: Linux runs no mixed x86 processors. */
    static CpuFlags parse(List<String> cpuinfo) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .map(flags -> new CpuFlags(words(flags)))
                .orElseGet(() -> new CpuFlags(Set.of()));
    }

    /** True where every one of the names, separated by blanks, is there. */
    boolean hasAll(String wanted) {
        return names.containsAll(words(wanted));
    }

    private static Set<String> words(String text) {
        return Set.copyOf(List.of(text.split("\\s+", -1)));
    }
}
