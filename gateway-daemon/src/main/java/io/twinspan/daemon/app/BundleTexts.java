package io.twinspan.daemon.app;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's part of a support bundle. Only what is named here goes in: no environment, no system properties but these, no
 * contents of files.
 */
final class BundleTexts {
    private static final List<String> PROPERTIES = List.of(
            "java.version", "java.vendor", "java.vm.name", "java.vm.version", "os.name", "os.version", "os.arch");
    private static final int MEBI = 1 << 20;
    private static final int MAX_FILES = 500;

    private BundleTexts() {}

    static Map<String, String> of(String config, Map<String, String> sysctl, @Nullable Path state) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("config.txt", config);
        texts.put("sysctl.txt", lines(sysctl));
        texts.put("jvm.txt", jvm());
        texts.put("recordings.txt", state == null ? "no state folder\n" : index(state));
        return texts;
    }

    private static String lines(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append("net.")
                .append(name.replace('/', '.'))
                .append(" = ")
                .append(value)
                .append('\n'));
        return text.toString();
    }

    private static String jvm() {
        StringBuilder text = new StringBuilder();
        PROPERTIES.forEach(name ->
                text.append(name).append(" = ").append(System.getProperty(name)).append('\n'));
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        text.append("uptime_s = ").append(runtime.getUptime() / 1_000).append('\n');
        text.append("processors = ")
                .append(Runtime.getRuntime().availableProcessors())
                .append('\n');
        text.append("heap_used_mib = ").append(heap.getUsed() / MEBI).append('\n');
        text.append("heap_max_mib = ").append(heap.getMax() / MEBI).append('\n');
        text.append("threads = ")
                .append(ManagementFactory.getThreadMXBean().getThreadCount())
                .append('\n');
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            text.append("gc.")
                    .append(collector.getName().replace(' ', '_'))
                    .append(" = ")
                    .append(collector.getCollectionCount())
                    .append(" runs, ")
                    .append(collector.getCollectionTime())
                    .append(" ms\n");
        }
        return text.toString();
    }

    /** Names and sizes of what the flight recorder and drills keep. */
    private static String index(Path state) {
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {"flight", "drills"}) {
            try (Stream<Path> files = Files.walk(state.resolve(part))) {
                files.filter(Files::isRegularFile)
                        .sorted()
                        .limit(MAX_FILES)
                        .forEach(file -> text.append(state.relativize(file))
                                .append("  ")
                                .append(file.toFile().length())
                                .append('\n'));
            } catch (IOException e) {
                text.append(part).append(": nothing\n");
            }
        }
        return text.toString();
    }
}
