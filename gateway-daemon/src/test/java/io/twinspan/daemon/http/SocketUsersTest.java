package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig.SocketGroups;
import io.twinspan.daemon.NamespaceRequirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Real processes of other users at the Unix socket, in a folder with the mode that the systemd unit gives it. */
final class SocketUsersTest {
    private static final Path UNIT = Path.of("..", "systemd", "twinspan.service");
    private static final List<Path> TOOLS = List.of(Path.of("/usr/bin/setpriv"), Path.of("/usr/bin/curl"));

    /** A user and groups without names: numbers are enough for the kernel. */
    private static final int NOBODY = 65_534;

    private static final int READERS = 64_001;
    private static final int CHANGERS = 64_002;
    private static final int ADMINS = 64_003;
    private static final int OTHERS = 64_004;

    @TempDir
    private Path folder = Path.of("");

    private final FakeGateway gateway = new FakeGateway();
    private final List<Process> processes = new ArrayList<>();
    private Path socket = Path.of("");
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0
                || !TOOLS.stream().allMatch(Files::isExecutable)) {
            NamespaceRequirement.missing("this needs root, setpriv and curl: it makes processes of other users");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path runtime = Files.createDirectory(folder.resolve("run"));
        Files.setAttribute(runtime, "unix:mode", runtimeMode());
        socket = runtime.resolve("api.sock");
        SocketGroups groups =
                new SocketGroups(Integer.toString(READERS), Integer.toString(CHANGERS), Integer.toString(ADMINS));
        server = ApiServer.start(socket, GatewayRoutes.of(gateway), groups, _ -> {});
    }

    @AfterEach
    void stop() throws IOException {
        processes.forEach(Process::destroyForcibly);
        if (server != null) {
            server.close();
        }
    }

    private static int runtimeMode() throws IOException {
        String mode = Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith("RuntimeDirectoryMode="))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(mode.substring(mode.indexOf('=') + 1), 8);
    }

    @Test
    void memberOfTheReadGroupLooksAndOrdersNothing() throws Exception {
        assertThat(roleOf(NOBODY, READERS)).isEqualTo("viewer");
        assertThat(ask("POST", "/v1/up?connection=prod", NOBODY, READERS).status())
                .isEqualTo(403);
        assertThat(gateway.orders()).isEmpty();
    }

    @Test
    void memberOfTheChangeGroupOrders() throws Exception {
        assertThat(roleOf(NOBODY, CHANGERS)).isEqualTo("operator");
        assertThat(ask("POST", "/v1/switch?connection=prod&tunnel=2", NOBODY, CHANGERS)
                        .status())
                .isEqualTo(200);
        assertThat(gateway.orders()).containsExactly("switch prod/2");
    }

    @Test
    void memberOfSeveralGroupsHasTheBestRoleWhicheverIsTheFirstGroup() throws Exception {
        assertThat(roleOf(NOBODY, READERS, OTHERS, ADMINS)).isEqualTo("admin");
        assertThat(roleOf(CHANGERS, READERS)).isEqualTo("operator");
    }

    @Test
    void strangerIsToldThatItMayNotAndLearnsNothing() throws Exception {
        Answer answer = ask("GET", "/v1/status", NOBODY, OTHERS);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("not permitted").doesNotContain("prod");
    }

    @Test
    void strangersWhoHoldConnectionsKeepNobodyElseOut() throws Exception {
        for (int i = 0; i < ApiServer.MAX_CLIENTS + 1; i++) {
            // It says nothing and waits: curl's upload from a pipe that stays open.
            processes.add(process(NOBODY, List.of(OTHERS), "--upload-file", "-", "http://gateway/v1/up"));
        }
        Awaitility.await().until(() -> held() + ended() == processes.size());
        assertThat(held()).isEqualTo(UnixListener.MAX_STRANGERS);
        assertThat(roleOf(NOBODY, READERS)).isEqualTo("viewer");
    }

    /** Connections that the server has accepted and not closed: the kernel lists them, and the listener, by its first name. */
    private long held() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/net/unix"))) {
            return lines.filter(line -> line.endsWith(socket + ".new")).count() - 1;
        }
    }

    private long ended() {
        return processes.stream().filter(process -> !process.isAlive()).count();
    }

    private String roleOf(int gid, Integer... groups) throws Exception {
        Answer answer = ask("GET", "/v1/session", gid, groups);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("role").asString();
    }

    private Answer ask(String method, String target, int gid, Integer... groups) throws Exception {
        Process curl = process(
                gid, List.of(groups), "--request", method, "--write-out", "\n%{http_code}", "http://gateway" + target);
        curl.getOutputStream().close();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        int end = said.lastIndexOf('\n');
        return new Answer(Integer.parseInt(said.substring(end + 1)), said.substring(0, end));
    }

    private Process process(int gid, List<Integer> groups, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + gid,
                "--groups="
                        + String.join(",", groups.stream().map(String::valueOf).toList()),
                "curl",
                "--silent",
                "--max-time",
                "15",
                "--unix-socket",
                socket.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private record Answer(int status, String body) {}
}
