package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.cli.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package as it was built: what is in it, and its life on a machine with systemd, from installation to purge. */
class PackageIT {
    private static final Path PACKAGE = Path.of(System.getProperty("twinspan.deb", "missing"));
    private static final Path TREE = Path.of(System.getProperty("twinspan.tree", "missing"));
    private static final String MODULES = System.getProperty("twinspan.modules", "");
    private static final String VERSION = System.getProperty("twinspan.version", "");
    private static final String NEXT_VERSION = VERSION + "+next";
    private static final String TIMESTAMP = System.getProperty("twinspan.timestamp", "");

    private static final int UP_SECONDS = 60;
    private static final int PROBE_MILLIS = 5;
    private static final int PROBE_BYTES = 200;
    private static final int SETTLE_ECHOES = 100;
    private static final long MAX_RESIDENT_KILOBYTES = 256 << 10;
    private static final String DROP_IN = "etc/systemd/system/twinspan.service.d/test.conf";
    private static final double TICKS_PER_SECOND = 100;
    private static final double CACHED_SHARE = 0.9;
    private static final double WORTH_IT = 0.75;
    private static final Pattern SPI = Pattern.compile("0x[0-9a-f]{8,16}");

    @Test
    void theSameSourcesMakeTheSameTree() throws Exception {
        Path second = LabFiles.temporaryFolder();
        try {
            Path tree = second.resolve("tree");
            Path jars = tree.resolve("usr/lib/twinspan/lib");
            Files.createDirectories(jars);
            run(
                    Map.of(),
                    "sh",
                    "-c",
                    "cp -p ../gateway-daemon/target/lib/*.jar ../gateway-daemon/target/gateway-daemon-*.jar " + jars
                            + " && rm " + jars + "/*-tests.jar");
            for (String paper : List.of("sbom.json", "third-party.txt")) {
                Files.copy(TREE.resolveSibling(paper), second.resolve(paper));
            }
            run(
                    Map.of("JAVA_HOME", System.getProperty("java.home"), "OUTPUT_TIMESTAMP", TIMESTAMP),
                    "./assemble",
                    "..",
                    tree.toString(),
                    MODULES,
                    VERSION);
            assertThat(digests(tree)).isEqualTo(digests(TREE));
        } finally {
            LabFiles.delete(second);
        }
    }

    @Test
    void everyFileHasTheTimeOfTheSources() throws Exception {
        String listing = run(Map.of("TZ", "UTC"), "dpkg-deb", "--contents", PACKAGE.toString());
        String time = TIMESTAMP.substring(0, 16).replace('T', ' ');
        assertThat(listing.lines()).isNotEmpty().allMatch(line -> line.contains(time));
    }

    @Test
    void lintianHasNothingToSayButWhatIsNamedAndExplained() throws Exception {
        requireProgram("lintian");
        assertThat(run(Map.of(), "lintian", "--allow-root", "--fail-on", "error,warning", PACKAGE.toString()))
                .doesNotContain("E: ", "W: ");
    }

    @Test
    void theBillOfMaterialsAndTheLicencesNameEveryLibrary() throws IOException {
        String bill = Files.readString(TREE.resolve("usr/share/doc/twinspan/sbom.cdx.json"));
        String licences = Files.readString(TREE.resolve("usr/share/doc/twinspan/copyright"));
        try (Stream<Path> jars = Files.list(TREE.resolve("usr/lib/twinspan/lib"))) {
            List<String> names = jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                    .toList();
            assertThat(names).hasSizeGreaterThan(20);
            assertThat(names).allSatisfy(name -> {
                assertThat(bill).contains("\"name\" : \"" + name + "\"");
                if (!List.of("gateway-daemon", "config", "tunnel-crypto").contains(name)) {
                    assertThat(licences).contains(name);
                }
            });
        }
    }

    @Test
    void isInstalledUpgradedUnderTrafficRemovedAndPurged() throws Exception {
        ServiceRequirement.require();
        Path folder = LabFiles.temporaryFolder();
        Path machine = LabFiles.temporaryFolder();
        try (LabTopology topology = new LabTopology(false, false)) {
            AwsConnectionFile connection = AwsConnectionFile.forLab(new SecureRandom());
            try (AwsSide _ = TwinspanAwsSide.start(
                            (file, socket) -> GatewayDaemon.start(withAwsTimes(file), socket),
                            topology,
                            connection,
                            folder);
                    EchoServer _ = EchoServer.start(topology.hostA());
                    EchoServer _ = EchoServer.start(topology.vpc());
                    ServiceContainer container = new ServiceContainer(topology.gateway(), machine)) {
                Path newer = repacked(folder);
                LabImport.run(connection, folder);
                prepare(container);
                container.boot();
                Files.copy(PACKAGE, container.path("root/first.deb"));
                Files.copy(newer, container.path("root/second.deb"));
                container.run("dpkg", "--install", "/root/first.deb");
                assertThat(container.run("systemctl", "is-enabled", "twinspan.service"))
                        .startsWith("enabled");
                assertThat(container.mainPid())
                        .describedAs("nothing to run yet")
                        .isEqualTo("0");
                container.copyFolder(folder.resolve("gateway"), "etc/twinspan");
                withAwsTimes(container.path("etc/twinspan/twinspan.yaml"));
                startAndMeasure(container);
                theClassCacheIsUsedAndWorthIt(container);
                commandsAnswer(container);
                upgrade(topology, container);
                removeAndPurge(topology, container);
            }
        } finally {
            LabFiles.delete(machine);
            LabFiles.delete(folder);
        }
    }

    /** The lab is in a greater hurry to miss its peer than a busy machine restarts; AWS waits for 30 s. */
    private static Path withAwsTimes(Path file) {
        try {
            String text = Files.readString(file);
            return Files.writeString(
                    file,
                    text.replaceAll("interval: 1s\\b", "interval: 10s").replaceAll("timeout: 2s\\b", "timeout: 30s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next version: the same files under another number. */
    private static Path repacked(Path folder) throws Exception {
        Path content = folder.resolve("next");
        run(Map.of(), "dpkg-deb", "--raw-extract", PACKAGE.toString(), content.toString());
        Path control = content.resolve("DEBIAN/control");
        Files.writeString(
                control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: " + NEXT_VERSION));
        Path result = folder.resolve("next.deb");
        run(Map.of(), "dpkg-deb", "-Znone", "--root-owner-group", "--build", content.toString(), result.toString());
        return result;
    }

    /** A machine on which packages may start what they bring, and nothing of which was there before. */
    private static void prepare(ServiceContainer container) throws IOException {
        Files.deleteIfExists(container.path("usr/sbin/policy-rc.d"));
    }

    private static void startAndMeasure(ServiceContainer container) {
        long start = System.nanoTime();
        container.run("systemctl", "start", "twinspan.service");
        double ready = (System.nanoTime() - start) / 1e9;
        awaitBothUp(container);
        double up = (System.nanoTime() - start) / 1e9;
        container.await("it idles", 30, () -> true);
        long resident = resident(container);
        System.out.printf(
                Locale.ROOT,
                "package: ready after %.2f s, both tunnels up after %.2f s, %d MiB resident%n",
                ready,
                up,
                resident >> 10);
        assertThat(resident).isLessThan(MAX_RESIDENT_KILOBYTES);
        for (String cache : List.of("twinspan.aot", "daemon.aot")) {
            assertThat(container.path("usr/lib/twinspan/" + cache)).exists();
        }
        assertThat(container.run("cat", "/proc/" + container.mainPid() + "/maps"))
                .contains("daemon.aot");
    }

    /** Nearly every class comes from the cache, and a start costs far less of the processor than one without it. */
    private static void theClassCacheIsUsedAndWorthIt(ServiceContainer container) throws IOException {
        String log = "var/lib/twinspan/classes.log";
        restartWith(container, "-Xlog:class+load:file=/" + log);
        List<String> classes;
        try (Stream<String> lines = Files.lines(container.path(log))) {
            classes = lines.filter(line -> line.contains("source:")).toList();
        }
        long cached = classes.stream()
                .filter(line -> line.contains("shared objects file"))
                .count();
        double with = processorSeconds(container);
        restartWith(container, "-XX:AOTMode=off");
        double without = processorSeconds(container);
        Files.delete(container.path(DROP_IN));
        container.run("systemctl", "daemon-reload");
        System.out.printf(
                Locale.ROOT,
                "package: %d of %d classes from the cache; a start takes %.2f s of the processor with it, %.2f s without%n",
                cached,
                classes.size(),
                with,
                without);
        assertThat(cached).describedAs(String.join("\n", classes)).isGreaterThan((long)
                (CACHED_SHARE * classes.size()));
        assertThat(with).isLessThan(WORTH_IT * without);
    }

    private static void restartWith(ServiceContainer container, String flag) {
        String unit = container.run("systemctl", "show", "-P", "Environment", "twinspan.service");
        Matcher flags = Pattern.compile("\"TWINSPAN_JVM_FLAGS=([^\"]*)\"").matcher(unit);
        assertThat(flags.find()).describedAs(unit).isTrue();
        String usual = flags.group(1)
                .replaceAll(" -Xlog:class\\S*| -XX:AOTMode\\S*", "")
                .replace("%", "%%");
        container.write(DROP_IN, "[Service]\nEnvironment=\"TWINSPAN_JVM_FLAGS=" + usual + " " + flag + "\"\n");
        container.run("systemctl", "daemon-reload");
        container.run("systemctl", "restart", "twinspan.service");
        awaitBothUp(container);
    }

    /** What the process has used, proc(5). */
    private static double processorSeconds(ServiceContainer container) {
        String[] ticks = container
                .run("cut", "-d", " ", "-f", "14,15", "/proc/" + container.mainPid() + "/stat")
                .strip()
                .split(" ");
        return (Long.parseLong(ticks[0]) + Long.parseLong(ticks[1])) / TICKS_PER_SECOND;
    }

    private static long resident(ServiceContainer container) {
        return container
                .run("cat", "/proc/" + container.mainPid() + "/status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static void commandsAnswer(ServiceContainer container) {
        assertThat(container.run("twinspan", "status")).contains("lab");
        assertThat(container.run("twinspan", "version")).startsWith("twinspan ");
        assertThat(container.run(
                        "bash", "-c", ". /usr/share/bash-completion/completions/twinspan && complete -p twinspan"))
                .contains("twinspan");
        assertThat(container.run("man", "--path", "twinspan")).contains("/usr/share/man/man1/twinspan.1.gz");
    }

    private void upgrade(LabTopology topology, ServiceContainer container) throws Exception {
        SortedSet<String> spis = spis(container);
        assertThat(spis).hasSize(8);
        String pid = container.mainPid();
        try (LabFlow flow = LabFlow.start(
                topology.hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, PROBE_MILLIS, PROBE_BYTES)) {
            flow.awaitEchoes(SETTLE_ECHOES, UP_SECONDS);
            container.run("dpkg", "--install", "/root/second.deb");
            assertThat(container.run("dpkg-query", "-W", "-f=${Version}", "twinspan"))
                    .isEqualTo(NEXT_VERSION);
            container.await(
                    "another process runs",
                    UP_SECONDS,
                    () -> !List.of("0", pid).contains(container.mainPid())
                            && container.property("SubState").equals("running"));
            assertThat(spis(container)).isEqualTo(spis);
            flow.awaitEchoes(flow.echoes() + SETTLE_ECHOES, UP_SECONDS);
            LabFlow.Result result = flow.stop();
            System.out.printf(
                    Locale.ROOT,
                    "upgrade: %d of %d probes lost, longest silence %.2f s%n",
                    result.lost(),
                    result.sent(),
                    result.silenceSeconds());
        }
    }

    private static void removeAndPurge(LabTopology topology, ServiceContainer container) {
        container.run("dpkg", "--remove", "twinspan");
        assertThat(topology.gateway().run("ip", "-o", "link", "show", "type", "tun"))
                .isEmpty();
        assertThat(topology.gateway().run("ip", "-4", "route", "show", "proto", "84"))
                .isEmpty();
        assertThat(container.path("usr/lib/twinspan")).doesNotExist();
        assertThat(container.path("etc/twinspan/twinspan.yaml")).exists();
        container.run("dpkg", "--purge", "twinspan");
        for (String left : List.of("etc/twinspan", "var/lib/twinspan", "run/twinspan")) {
            assertThat(container.path(left)).doesNotExist();
        }
        assertThat(container.run(
                        "find",
                        "/etc/systemd",
                        "/var/lib/systemd/deb-systemd-helper-enabled",
                        "-name",
                        "*twinspan.service*"))
                .isEmpty();
    }

    private static void awaitBothUp(ServiceContainer container) {
        container.await(
                "both tunnels are up",
                UP_SECONDS,
                () -> get(container, "/v1/status").replace(" ", "").contains("\"redundant\":true"));
    }

    private static SortedSet<String> spis(ServiceContainer container) throws Exception {
        SortedSet<String> result = new TreeSet<>();
        SPI.matcher(get(container, "/v1/sas")).results().forEach(match -> result.add(match.group()));
        return result;
    }

    private static String get(ServiceContainer container, String path) throws Exception {
        return new ApiClient(container.path("run/twinspan/twinspan.sock"))
                .exchange("GET", path, false)
                .body();
    }

    private static void requireProgram(String name) {
        if (!Files.isExecutable(Path.of("/usr/bin", name))) {
            NamespaceRequirement.missing("this needs '" + name + "': install the package " + name);
        }
    }

    private static Map<String, String> digests(Path tree) throws Exception {
        Map<String, String> result = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                result.put(tree.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return result;
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .describedAs(String.join(" ", command) + ": " + output)
                .isZero();
        return output;
    }
}
