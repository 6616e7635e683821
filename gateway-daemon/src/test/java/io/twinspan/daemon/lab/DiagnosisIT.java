package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.TunnelState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of diagnosis against a running gateway in the lab, as an operator types them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiagnosisIT {
    @TempDir
    private Path folder = Path.of("");

    private Lab lab;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    void start(@TempDir Path own) {
        NamespaceRequirement.require();
        if (!Files.isExecutable(Path.of("/usr/bin/tshark"))) {
            NamespaceRequirement.missing("this needs 'tshark': install the package tshark");
        }
        LabOptions options =
                new LabOptions(LabOptions.Peer.TWINSPAN, false, LinkImpairment.NONE, own.resolve("gateway.sock"));
        lab = Lab.start(options, GatewayDaemon::start);
        lab.await("redundant", 30, ConnectionStatus::redundant);
    }

    @AfterAll
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    private Result run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = TwinspanCommand.create();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--socket", lab.options().socket().toString()));
        int code = TwinspanCommand.execute(line, arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static long healthProbes(Lab lab, int tunnel) {
        return lab.status().tunnels().get(tunnel - 1).path().sent();
    }

    /** A capture in the background, which has begun. */
    private CompletableFuture<Result> capturing(String... words) {
        long before = captures();
        CompletableFuture<Result> result = CompletableFuture.supplyAsync(() -> run(words));
        Awaitility.await().until(() -> captures() > before);
        return result;
    }

    private long captures() {
        return run("events")
                .out()
                .lines()
                .filter(line -> line.contains("audit.change") && line.contains("POST /v1/capture"))
                .filter(line -> !line.contains("/keys"))
                .count();
    }

    @Test
    @Order(1)
    void pingsGoThroughEitherTunnelAndToHostsBehindIt() {
        Result peer = run("ping", "lab/2", "-c", "5", "-i", "20ms");
        assertThat(peer.code()).describedAs(peer.toString()).isEqualTo(ExitCode.OK);
        assertThat(peer.out()).contains("through tunnel 2: seq=5 time=", "5 sent, 5 answered, 0.0 % lost", "jitter");
        Result host = run("ping", "lab", LabTopology.VPC_HOST, "-c", "3", "-i", "20ms", "-s", "1200", "-o", "jsonl");
        assertThat(host.code()).describedAs(host.toString()).isEqualTo(ExitCode.OK);
        assertThat(host.out()).contains("\"octets\":1200", "\"schema\":\"twinspan.ping/1\"", "\"received\":3");
        assertThat(run("ping", "lab", "8.8.8.8", "-c", "1").err()).contains("is in no network of 'remote'");
        assertThat(run("ping", "nowhere").err()).contains("no connection 'nowhere'");
    }

    @Test
    @Order(2)
    void pingsLeaveTheFiguresOfTheHealthProbesAlone() {
        long lost = lab.status().tunnels().getFirst().path().lost();
        long before = healthProbes(lab, 1);
        long begun = System.nanoTime();
        Result silent = run("ping", "lab/1", "172.31.255.254", "-c", "100", "-i", "10ms");
        assertThat(silent.code()).isEqualTo(ExitCode.FAILED);
        assertThat(silent.out()).contains("no answer within 1 s: seq=100", "100 sent, 0 answered, 100.0 % lost");
        assertThat(lab.status().tunnels().getFirst().path().lost()).isEqualTo(lost);
        long seconds = (System.nanoTime() - begun) / 1_000_000_000L + 1;
        assertThat(healthProbes(lab, 1) - before)
                .describedAs("what the watch sends by itself, 100 ms apart at most often")
                .isLessThan(10 * seconds + 20);
    }

    @Test
    @Order(3)
    void aTraceNamesRouteTunnelSizeAndSa() {
        String active = Integer.toString(lab.status().activeTunnel());
        Result fits = run("trace", LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST + ":443");
        assertThat(fits.code()).describedAs(fits.toString()).isEqualTo(ExitCode.OK);
        assertThat(fits.out())
                .contains("dev ts-lab", "twinspan metric 1", "allow", "lab/" + active + " (up)", "MSS", "out 0x");
        Result large = run("trace", LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, "--size", "2000", "--proto", "udp");
        assertThat(large.out()).contains("cut into 2 fragments");
        Result elsewhere = run("trace", LabTopology.ON_PREM_HOST, "203.0.113.99", "-o", "json");
        assertThat(elsewhere.code()).isEqualTo(ExitCode.FAILED);
        assertThat(elsewhere.out()).contains("\"verdict\":\"", "\"dataplane\":null");
        assertThat(run("trace", "10.1.2.3", "fd00::1").err()).contains("not of one family");
    }

    @Test
    @Order(4)
    void theKernelsOwnAnswerIsTheRouteOfTheTrace() {
        String kernel = lab.topology()
                .gateway()
                .run("ip", "route", "get", LabTopology.VPC_HOST, "from", LabTopology.ON_PREM_HOST, "iif", lanDevice());
        Result trace = run("trace", LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST);
        assertThat(kernel).contains("dev ts-lab");
        assertThat(trace.out()).contains("(from " + lanDevice() + ")");
    }

    private String lanDevice() {
        String answer = lab.topology().gateway().run("ip", "route", "get", LabTopology.ON_PREM_HOST);
        return answer.replaceAll("(?s).* dev (\\S+) .*", "$1");
    }

    @Test
    @Order(5)
    void routesShowOurRouteTheFenceAndConflicts() {
        Result good = run("routes");
        assertThat(good.code()).describedAs(good.toString()).isEqualTo(ExitCode.OK);
        assertThat(good.out()).contains("172.31.0.0/16", "remote", "yes", "dev ts-lab");
        lab.topology().gateway().run("ip", "route", "add", "172.31.77.0/24", "dev", lanDevice());
        try {
            Result clash = run("routes", "lab");
            assertThat(clash.code()).isEqualTo(ExitCode.DEGRADED);
            assertThat(clash.out()).contains("172.31.77.0/24 goes over " + lanDevice());
            assertThat(run("trace", LabTopology.ON_PREM_HOST, "172.31.77.5").out())
                    .contains("OUTSIDE the tunnels");
            assertThat(run("doctor").out()).contains("172.31.77.0/24 over " + lanDevice());
        } finally {
            lab.topology().gateway().run("ip", "route", "delete", "172.31.77.0/24", "dev", lanDevice());
        }
    }

    @Test
    @Order(6)
    void theDoctorLooksAtHostAndTunnels() {
        Result doctor = run("doctor", "-o", "json");
        assertThat(doctor.out())
                .contains(
                        "\"schema\":\"twinspan.checks/1\"",
                        "\"name\":\"udp-ports\"",
                        "\"detail\":\"UDP 500 and 4500 are held by the gateway\"",
                        "\"name\":\"drill\"",
                        "the standby is untested");
        assertThat(doctor.code()).isEqualTo(ExitCode.DEGRADED);
        assertThat(run("doctor").out()).contains("fix: twinspan drill run blackhole lab");
    }

    @Test
    @Order(7)
    void theBundleHoldsWhatHelpsAndNoSecret() throws Exception {
        Path file = folder.resolve("bundle.tar.gz");
        Result asked = run("diag", "-w", file.toString(), "--no-input");
        assertThat(asked.code()).isEqualTo(ExitCode.FAILED);
        assertThat(asked.err()).contains("will pack:", "status.json", "will not pack: PSKs", "nothing was written");
        assertThat(file).doesNotExist();
        Result packed = run("diag", "-w", file.toString(), "--yes");
        assertThat(packed.code()).describedAs(packed.toString()).isEqualTo(ExitCode.OK);
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        Path into = Files.createDirectory(folder.resolve("unpacked"));
        assertThat(new ProcessBuilder("tar", "-xzf", file.toString(), "-C", into.toString())
                        .start()
                        .waitFor())
                .isZero();
        String all = contents(into);
        assertThat(all)
                .contains("twinspan.status/1", "twinspan.sas/1", "java.version", "net.ipv4.ip_forward", "uplink-mtu");
        for (String secret : secrets()) {
            assertThat(all).doesNotContain(secret);
        }
        assertThat(all).doesNotContain(System.getenv().getOrDefault("PATH", "no path"));
    }

    /** The pre-shared keys of both tunnels as they lie in the lab's folder. */
    private List<String> secrets() throws IOException {
        try (Stream<Path> files = Files.walk(lab.folder())) {
            List<String> keys = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().endsWith(".psk")).toList()) {
                keys.add(Files.readString(file).strip());
            }
            assertThat(keys).hasSizeGreaterThanOrEqualTo(2);
            return keys;
        }
    }

    private static String contents(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    @Test
    @Order(8)
    void aCaptureHasBothSidesOfEspAndTsharkReadsIt() throws Exception {
        Path file = folder.resolve("both.pcapng");
        CompletableFuture<Result> capture = capturing("capture", "lab/1", "-w", file.toString(), "--for", "3s");
        assertThat(run("ping", "lab/1", "-c", "20", "-i", "20ms", "-s", "500").code())
                .isZero();
        Result done = capture.join();
        assertThat(done.code()).describedAs(done.toString()).isEqualTo(ExitCode.OK);
        assertThat(done.err()).contains(" packets, 0 found no room");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        String lines = tshark(file);
        assertThat(lines.lines().filter(line -> line.startsWith("lab/1 inner,") && line.contains(",500,")))
                .describedAs(lines)
                .hasSizeGreaterThanOrEqualTo(40)
                .allSatisfy(line -> assertThat(line).contains("tunnel lab/1, SPI 0x"));
        assertThat(lines.lines().filter(line -> line.startsWith("lab/1 outer,") && line.contains(",50,")))
                .describedAs("ESP outside")
                .hasSizeGreaterThanOrEqualTo(40);
        List<String> inner = spis(lines, "lab/1 inner");
        assertThat(inner).isNotEmpty().allMatch(spis(lines, "lab/1 outer")::contains);
    }

    private static List<String> spis(String lines, String layer) {
        return lines.lines()
                .filter(line -> line.startsWith(layer) && line.contains("SPI "))
                .map(line -> line.replaceAll(".*SPI (0x[0-9a-f]+).*", "$1"))
                .distinct()
                .toList();
    }

    private static String tshark(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-E",
                        "separator=,",
                        "-E",
                        "occurrence=f",
                        "-e",
                        "frame.interface_name",
                        "-e",
                        "frame.len",
                        "-e",
                        "ip.proto",
                        "-e",
                        "frame.comment")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }

    @Test
    @Order(9)
    void aCaptureShowsLinesCanBeFilteredAndHoldsHeadersOnly() {
        CompletableFuture<Result> capture = CompletableFuture.supplyAsync(
                () -> run("capture", "lab/2", "--inner", "--filter", "icmp", "--count", "6", "--for", "10s"));
        assertThat(run("ping", "lab/2", "-c", "30", "-i", "50ms", "-s", "300").code())
                .isZero();
        Result lines = capture.join();
        assertThat(lines.code()).describedAs(lines.toString()).isEqualTo(ExitCode.OK);
        assertThat(lines.out().lines()).hasSize(6).allMatch(line -> line.endsWith("ICMP") && line.contains("0x"));
        assertThat(run("capture", "lab/2", "--filter", "no such words", "--inner")
                        .err())
                .contains("is no filter");
        assertThat(run("capture", "lab").err()).contains("a capture is of one tunnel");
        assertThat(run("capture", "lab/3").err()).contains("no tunnel lab/3");
    }

    @Test
    @Order(9)
    void withItsKeysTsharkReadsWhatIsInsideTheOuterPackets() throws Exception {
        Path file = folder.resolve("outside.pcapng");
        CompletableFuture<Result> capture =
                capturing("capture", "lab/1", "--outer", "--with-keys", "-w", file.toString(), "--for", "4s");
        assertThat(run("rekey", "lab/1").code()).isZero();
        assertThat(run("ping", "lab/1", "-c", "40", "-i", "50ms", "-s", "500").code())
                .isZero();
        Result done = capture.join();
        assertThat(done.code()).describedAs(done.toString()).isEqualTo(ExitCode.OK);
        Path keys = Path.of(file + ".esp_sa");
        assertThat(Files.getPosixFilePermissions(keys)).hasSize(2);
        assertThat(Files.readAllLines(keys))
                .as("both directions, before and after the rekey")
                .hasSizeGreaterThan(3);
        List<String> secrets = Files.readAllLines(keys).stream()
                .map(it -> it.split("\",\"")[5].substring(2))
                .toList();
        String told = run("events", "-o", "json").out() + run("logs").out() + done;
        assertThat(told).contains("POST /v1/capture/keys");
        assertThat(secrets).noneMatch(told::contains);
        Path profile = Files.createDirectory(folder.resolve("profile"));
        Files.copy(keys, profile.resolve("esp_sa"));
        List<String> echoes = decrypted(file, profile);
        assertThat(echoes).as("requests and answers").hasSizeGreaterThanOrEqualTo(80);
        assertThat(echoes)
                .as("SPIs before and after the rekey")
                .anySatisfy(it -> assertThat(it).contains("0x"));
        assertThat(decrypted(file, Files.createDirectory(folder.resolve("none"))))
                .isEmpty();
        assertThat(run("capture", "lab/1", "--with-keys").code()).isEqualTo(ExitCode.USAGE);
    }

    /** The ICMP echoes that a reader of the outer packets sees. */
    private static List<String> decrypted(Path file, Path profile) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-o",
                        "esp.enable_encryption_decode:TRUE",
                        "-Y",
                        "esp && icmp",
                        "-T",
                        "fields",
                        "-e",
                        "esp.spi",
                        "-e",
                        "icmp.type")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("WIRESHARK_CONFIG_DIR", profile.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out.lines().toList();
    }

    @Test
    @Order(10)
    void aDeadTunnelIsExplainedByTheDoctorAndByTheLastFailure() {
        lab.cut(1);
        lab.await("tunnel 1 down", 30, status -> status.tunnels().getFirst().state() == TunnelState.DOWN);
        Result doctor = run("doctor");
        assertThat(doctor.code()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.out()).contains("lab/1", "down:", "works on tunnel 2 without a tunnel in reserve");
        Result last = run("explain", "last", "lab/1");
        assertThat(last.code()).describedAs(last.toString()).isEqualTo(ExitCode.OK);
        assertThat(last.out()).contains("lab/1:", "when", "fix");
        assertThat(run("ping", "lab/1", "-c", "2", "-i", "20ms").code()).isEqualTo(ExitCode.FAILED);
        assertThat(run("logs", "--grep", "tunnel.path-down").out()).contains("tunnel.path-down");
    }

    @Test
    @Order(11)
    void codesNeedNoDaemon() {
        assertThat(run("explain", "no_proposal_chosen").out()).contains("means", "do ");
        Path nobody = folder.resolve("nobody.sock");
        StringWriter out = new StringWriter();
        CommandLine line = TwinspanCommand.create();
        line.setOut(new PrintWriter(out, true));
        assertThat(TwinspanCommand.execute(
                        line, "explain", "no_proposal_chosen", "-o", "json", "--socket", nobody.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .as("the same as the daemon's")
                .startsWith("{\"schema\":\"twinspan.explanation/1\",\"code\":\"NO_PROPOSAL_CHOSEN\",\"meaning\":\"")
                .endsWith("}\n");
        assertThat(run("explain", "proposal").err()).contains("did you mean NO_PROPOSAL_CHOSEN");
    }
}
