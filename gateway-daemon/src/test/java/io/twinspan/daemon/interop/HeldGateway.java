package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.cli.ApiAnswer;
import io.twinspan.daemon.cli.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The daemon in a process of its own, under a stand-in for the service manager that holds its descriptors and restarts it. */
final class HeldGateway implements AutoCloseable {
    private static final long END_SECONDS = 20;
    /** A JVM starts, and both tunnels come up, on a machine that has other work. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern SPI = Pattern.compile("0x[0-9a-f]{8,16}");

    private final Rig rig;
    private final Path log;
    private final Process holder;
    private final ApiClient client;

    private HeldGateway(Rig rig, Path log, Process holder) {
        this.rig = rig;
        this.log = log;
        this.holder = holder;
        this.client = new ApiClient(rig.socket());
    }

    static HeldGateway start(Rig rig) throws IOException {
        Path script = rig.folder().resolve("hold-descriptors.py");
        try (InputStream source = Objects.requireNonNull(
                HeldGateway.class.getResourceAsStream("hold-descriptors.py"), "hold-descriptors.py")) {
            Files.copy(source, script);
        }
        List<String> command = new ArrayList<>(
                List.of("python3", script.toString(), rig.folder().toString()));
        command.addAll(GatewayProcess.command(rig));
        Path log = rig.folder().resolve("gateway.log");
        return rig.track(new HeldGateway(rig, log, rig.topology().gateway().startProcess(command, log, List.of())));
    }

    /** Waits until the daemon says that both tunnels are ready. */
    void awaitRedundant() {
        try {
            Awaitility.await("both tunnels up").atMost(PATIENCE).until(() -> status().contains("\"redundant\":true"));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(status() + "\n" + log(), e);
        }
    }

    /** Ends the daemon as {@code kill -9} does; the next one starts at once. */
    void kill() throws IOException {
        String before = Files.readString(rig.folder().resolve("pid"));
        ProcessHandle daemon = ProcessHandle.of(Long.parseLong(before)).orElseThrow();
        assertThat(daemon.destroyForcibly()).isTrue();
        rig.awaitTrue("the next process", () -> !pid().equals(before));
    }

    private String pid() {
        try {
            return Files.readString(rig.folder().resolve("pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SPIs of all SAs. */
    NavigableSet<String> spis() {
        NavigableSet<String> spis = new TreeSet<>();
        SPI.matcher(ask("GET", "/v1/sas")).results().map(MatchResult::group).forEach(spis::add);
        return spis;
    }

    /** The daemon's status, or nothing where it does not answer. */
    String status() {
        try {
            return ask("GET", "/v1/status");
        } catch (RuntimeException e) {
            return "";
        }
    }

    /** Gives an operator's order, which must be carried out. */
    void order(String target) {
        ask("POST", target);
    }

    private String ask(String method, String target) {
        ApiAnswer answer = client.exchange(method, target, false);
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** What all the daemons logged. */
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the daemon cleanly and returns its exit code. */
    int end() throws InterruptedException {
        holder.destroy();
        assertThat(holder.waitFor(END_SECONDS, TimeUnit.SECONDS))
                .describedAs(log())
                .isTrue();
        return holder.exitValue();
    }

    @Override
    public void close() {
        holder.destroyForcibly();
        if (Files.exists(rig.folder().resolve("pid"))) {
            ProcessHandle.of(Long.parseLong(pid())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
