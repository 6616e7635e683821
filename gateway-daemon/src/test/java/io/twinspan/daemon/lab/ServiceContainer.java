package io.twinspan.daemon.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.lab.LabNamespace.CommandResult;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real systemd with the unit of this project, in a container over an overlay of this machine's root: nothing that happens in
 * it stays. Its network is that of a lab's node, so that the rest of the lab is outside.
 */
final class ServiceContainer implements AutoCloseable {
    private static final long BOOT_SECONDS = 60;
    private static final String HOME = "usr/lib/twinspan";

    private final LabNamespace node;
    private final Path folder;
    private final Path root;
    private final Path log;
    private Optional<Process> nspawn = Optional.empty();
    private List<Path> classes = List.of();
    private long leader;

    /**
     * Puts the container's files together.
     *
     * @param node whose network it shares
     * @param folder for its files; removed by {@link #close} but for the folder itself
     */
    ServiceContainer(LabNamespace node, Path folder) {
        this.node = node;
        this.folder = folder;
        root = folder.resolve("root");
        log = folder.resolve("boot.log");
        node.run("mount", "-t", "tmpfs", "twinspan-test", folder.toString());
        make(root, folder.resolve("upper"), folder.resolve("work"));
        String layers = "lowerdir=/,upperdir=" + folder.resolve("upper") + ",workdir=" + folder.resolve("work");
        node.run("mount", "-t", "overlay", "twinspan-test", "-o", layers, root.toString());
        make(root.resolve("etc/systemd/system"));
        write("etc/systemd/system/twinspan-test.target", """
                [Unit]
                Requires=sysinit.target
                After=sysinit.target
                Wants=systemd-journald.service
                AllowIsolate=yes
                """);
        // Of the machine's own units only what a service needs: the test is not about them.
        write("etc/systemd/system/network-online.target", "[Unit]\nDescription=The lab's network is there\n");
    }

    /**
     * Installs the program as it was built, without a package.
     *
     * @param units the project's folder of units
     */
    void installClasses(Path units) {
        classes = classPath();
        make(root.resolve(HOME + "/cp"), root.resolve("etc/twinspan"));
        copy(units.resolve("twinspan.service"), root.resolve("lib/systemd/system/twinspan.service"));
        copy(units.resolve("twinspan.sysusers"), root.resolve("usr/lib/sysusers.d/twinspan.conf"));
        List<String> classPath = new ArrayList<>();
        for (int i = 0; i < classPath().size(); i++) {
            classPath.add(
                    "/" + HOME + "/cp/" + i + (Files.isDirectory(classPath().get(i)) ? "" : ".jar"));
        }
        Path launcher = write("usr/bin/twinspan", """
                #!/bin/sh
                exec /%s/runtime/bin/java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
                  -XX:TieredStopAtLevel=1 ${TWINSPAN_JVM_FLAGS-} -cp %s io.twinspan.daemon.app.Main "$@"
                """.formatted(HOME, String.join(":", classPath)));
        try {
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    /** Boots it and waits until units can be started. */
    void boot() {
        List<String> command = new ArrayList<>(List.of(
                "systemd-nspawn",
                "--quiet",
                "--boot",
                "--register=no",
                "--keep-unit",
                "--capability=CAP_NET_ADMIN",
                "--console=pipe",
                "--machine=twinspan-" + ProcessHandle.current().pid(),
                "--directory=" + root));
        if (!classes.isEmpty()) {
            command.add("--bind-ro=" + System.getProperty("java.home") + ":/" + HOME + "/runtime");
        }
        List<Path> entries = classes;
        for (int i = 0; i < entries.size(); i++) {
            String target = "/" + HOME + "/cp/" + i + (Files.isDirectory(entries.get(i)) ? "" : ".jar");
            command.add("--bind-ro=" + entries.get(i).toAbsolutePath() + ":" + target);
        }
        command.addAll(List.of("--", "--unit=twinspan-test.target", "--show-status=no", "--log-level=notice"));
        nspawn = Optional.of(node.startProcess(command, log, List.of()));
        await("has booted", BOOT_SECONDS, () -> findLeader() && isRunning());
    }

    private boolean findLeader() {
        Process process = nspawn.orElseThrow();
        if (!process.isAlive()) {
            throw new LabException("systemd-nspawn has ended: " + bootLog(), null);
        }
        leader = process.children()
                .filter(child -> child.info().commandLine().orElse("").contains("systemd"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
        return leader != 0;
    }

    private boolean isRunning() {
        return tryRun("systemctl", "is-active", "twinspan-test.target").output().startsWith("active");
    }

    /** Runs a command inside, as root. */
    CommandResult tryRun(String... command) {
        List<String> words =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(leader), "-m", "-u", "-i", "-p", "--"));
        words.addAll(List.of(command));
        return node.tryRun(words.toArray(new String[0]));
    }

    /** The same; a non-zero exit is an exception. */
    String run(String... command) {
        CommandResult result = tryRun(command);
        if (result.exitCode() != 0) {
            throw new LabException(
                    String.join(" ", command) + " failed with " + result.exitCode() + ": " + result.output()
                            + journal(),
                    null);
        }
        return result.output();
    }

    /** A property of the service, systemctl(1) show. */
    String property(String name) {
        return run("systemctl", "show", "--property=" + name, "--value", "twinspan.service")
                .strip();
    }

    /** Process id of its systemd, outside. */
    String leader() {
        return Long.toString(leader);
    }

    /** Process id of the daemon, inside; 0 where none runs. */
    String mainPid() {
        return property("MainPID");
    }

    /** What the service said and what was said of it. */
    String journal() {
        return "\n"
                + tryRun("journalctl", "--no-pager", "-o", "short-monotonic", "-u", "twinspan.service", "-n", "60")
                        .output();
    }

    private String bootLog() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file inside, as seen from outside. */
    Path path(String inside) {
        return leader == 0 ? root.resolve(inside) : Path.of("/proc/" + leader + "/root", inside);
    }

    /** Writes a file inside. */
    Path write(String inside, String text) {
        Path file = path(inside);
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder into the container. */
    void copyFolder(Path from, String inside) {
        node.run("cp", "-r", from + "/.", path(inside).toString());
        node.run("chmod", "750", path(inside).toString());
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(Optional.ofNullable(to.getParent()).orElse(to));
            Files.writeString(to, Files.readString(from, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path... folders) {
        try {
            for (Path each : folders) {
                Files.createDirectories(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that becomes true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits for it; where it does not come in time, the journal is in the exception. */
    void await(String what, long seconds, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                String said = leader == 0 ? bootLog() : journal() + bootLog();
                throw new LabException(String.format(Locale.ROOT, "not within %d s: %s%s", seconds, what, said), null);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** An API that is not there yet says no. */
    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (LabException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void close() {
        nspawn.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        });
        node.tryRun("umount", "--lazy", root.toString());
        node.tryRun("umount", "--lazy", folder.toString());
    }
}
