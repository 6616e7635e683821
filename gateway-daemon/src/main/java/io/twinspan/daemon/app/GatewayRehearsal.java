package io.twinspan.daemon.app;

import io.twinspan.config.ConfigLoader;
import io.twinspan.crypto.primitive.PrimitiveSelfTest;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.lab.LabNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Does what the service does: starts a gateway with another one as its peer, and sends packets through. The training run of
 * the JDK's AOT cache (JEP 514, JEP 515) that the daemon starts with. Both live in network namespaces of their own, beside
 * what the host runs; nothing is forwarded, so that it works in containers whose kernel parameters are read-only.
 */
public final class GatewayRehearsal {
    private static final String GATEWAY = "198.51.100.2";
    private static final List<String> PEERS = List.of("198.51.100.10", "198.51.100.94");
    private static final String CABLE = "wan";
    private static final String HOST = "10.0.0.1";
    private static final String REMOTE_HOST = "172.31.0.1";
    private static final int DISCARD_PORT = 9;
    private static final int PACKETS = 2_000;
    private static final long UP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_MILLIS = 20;

    private final Path folder;
    private final Path socket;

    private GatewayRehearsal(Path folder) {
        this.folder = folder;
        this.socket = folder.resolve("gateway.sock");
    }

    /**
     * The rehearsal. Without the right to make namespaces the classes are loaded and nothing is started.
     *
     * @param arguments a folder for its files
     */
    public static void main(String[] arguments) throws Exception {
        loadOwnClasses();
        new GatewayRehearsal(Path.of(arguments[0])).run();
        // What is still running are loops that nobody waits for.
        System.exit(0);
    }

    /** What no rehearsal reaches, such as the talk with systemd, shall be in the cache too. */
    private static void loadOwnClasses() throws IOException {
        for (Class<?> one : List.of(GatewayRehearsal.class, ConfigLoader.class, PrimitiveSelfTest.class)) {
            CodeSource source = one.getProtectionDomain().getCodeSource();
            try (JarFile jar = new JarFile(source.getLocation().getPath())) {
                jar.stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                        .forEach(name -> load(name.replace('/', '.').substring(0, name.lastIndexOf('.'))));
            }
        }
    }

    private static void load(String name) {
        try {
            Class<?> _ = Class.forName(name, false, GatewayRehearsal.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            System.err.println("not rehearsed: " + name + ": " + e);
        }
    }

    private void run() throws Exception {
        try (LabNamespace here = LabNamespace.create("gateway");
                LabNamespace there = LabNamespace.create("peer")) {
            here.connect(CABLE, there, CABLE);
            here.address(CABLE, GATEWAY + "/24");
            here.address("lo", HOST + "/32");
            there.address("lo", REMOTE_HOST + "/32");
            PEERS.forEach(peer -> there.address(CABLE, peer + "/24"));
            Path peer = write("peer.yaml", true);
            try (GatewayDaemon _ = there.call(() -> GatewayDaemon.start(peer, folder.resolve("peer.sock")))) {
                startAndUse(here);
            }
        }
    }

    private void startAndUse(LabNamespace here) throws Exception {
        Path file = write("gateway.yaml", false);
        Path state = Files.createDirectory(folder.resolve("state"));
        Thread gateway = here.start("rehearsal", () -> {
            String[] words = {
                "run", "--config", file.toString(), "--socket", socket.toString(), "--state-dir", state.toString()
            };
            int _ = TwinspanCommand.execute(Main.commandsFor(words), words);
        });
        awaitRedundant();
        here.call(() -> {
            send();
            return true;
        });
        for (String path : List.of("/v1/sas", "/v1/events", "/metrics", "/v1/status")) {
            var _ = new ApiClient(socket).exchange("GET", path, false);
        }
        gateway.interrupt();
        gateway.join();
    }

    private void awaitRedundant() throws InterruptedException {
        long end = System.nanoTime() + UP_NANOS;
        while (System.nanoTime() - end < 0) {
            try {
                String status = new ApiClient(socket)
                        .exchange("GET", "/v1/status", false)
                        .body();
                if (status.replace(" ", "").contains("\"redundant\":true")) {
                    return;
                }
            } catch (RuntimeException e) {
                // It does not serve yet.
            }
            Thread.sleep(LOOK_MILLIS);
        }
        System.err.println("the rehearsal's tunnels did not come up");
    }

    private static void send() throws IOException {
        try (DatagramSocket host = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(HOST), 0))) {
            byte[] text = new byte[500];
            for (int i = 0; i < PACKETS; i++) {
                host.send(new DatagramPacket(text, text.length, InetAddress.getByName(REMOTE_HOST), DISCARD_PORT));
            }
        }
    }

    private Path write(String name, boolean peer) throws IOException {
        StringBuilder yaml = new StringBuilder("""
                version: 1
                connections:
                  %s:
                    local: [%s]
                    remote: [%s]
                    startup: %s
                    tunnels:
                """.formatted(
                        peer ? "peer" : "gateway",
                        peer ? "172.31.0.0/16" : "10.0.0.0/16",
                        peer ? "10.0.0.0/16" : "172.31.0.0/16",
                        peer ? "respond" : "initiate"));
        for (int i = 0; i < PEERS.size(); i++) {
            Path key = folder.resolve(i + ".psk");
            if (Files.notExists(key)) {
                Files.createFile(
                        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(key, "key.of.the.rehearsal." + i);
            }
            yaml.append("""
                          - number: %d
                            psk-file: %d.psk
                            outside: {bind: %s, remote: %s}
                            inside: {local: 169.254.1%d.%d/30, remote: 169.254.1%d.%d}
                    """.formatted(
                            i + 1,
                            i,
                            peer ? PEERS.get(i) : GATEWAY,
                            peer ? GATEWAY : PEERS.get(i),
                            i,
                            peer ? 1 : 2,
                            i,
                            peer ? 2 : 1));
        }
        return Files.writeString(folder.resolve(name), yaml);
    }
}
