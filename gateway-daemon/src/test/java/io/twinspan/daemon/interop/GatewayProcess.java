package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.lab.LabTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The daemon as an operator runs it: {@code java ... run} in a process of its own, in the gateway's namespace. */
final class GatewayProcess implements AutoCloseable {
    private static final long END_SECONDS = 15;
    private static final int KILLED = 128 + 9;

    private final Rig rig;
    private final Path log;
    private final Process process;

    private GatewayProcess(Rig rig, Path log, Process process) {
        this.rig = rig;
        this.log = log;
        this.process = process;
    }

    static GatewayProcess start(Rig rig) {
        Path log = rig.folder().resolve("gateway.log");
        return rig.track(
                new GatewayProcess(rig, log, rig.topology().gateway().startProcess(command(rig), log, List.of())));
    }

    /** The command line that runs it. */
    static List<String> command(Rig rig) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.twinspan.daemon.app.Main",
                "run",
                "--config",
                rig.configuration().toString(),
                "--socket",
                rig.socket().toString());
    }

    /** Waits until the daemon has put its first hand on the routes, which is to protect the AWS networks. */
    void awaitProtection() {
        rig.awaitTrue("the AWS networks are protected: " + log(), () -> isBlackholed(rig));
    }

    /** True where the gateway's host drops what no better route takes into a tunnel. */
    static boolean isBlackholed(Rig rig) {
        return rig.topology()
                .gateway()
                .run("ip", "-4", "route", "show", "type", "blackhole")
                .contains(LabTopology.VPC_PREFIX);
    }

    /** What the daemon logged. */
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        assertThat(awaitEnd()).isEqualTo(KILLED);
    }

    /** Ends it as {@code systemctl stop} does and returns its exit code. */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                    .describedAs("the daemon's process has ended: %s", log())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
