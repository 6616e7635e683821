package io.twinspan.daemon.lab;

import io.twinspan.daemon.sys.Namespaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace and the thread that lives in it.
 *
 * <p>What runs through {@link #call} runs on that thread; a thread, socket or process started there is in the namespace.
 * Callable from any thread; tasks run one after the other.
 */
public final class LabNamespace implements AutoCloseable {
    private static final long COMMAND_SECONDS = 20;

    private final String name;
    private final ExecutorService thread;
    private final String threadId;

    private LabNamespace(String name, ExecutorService thread, String threadId) {
        this.name = name;
        this.thread = thread;
        this.threadId = threadId;
    }

    /**
     * Makes a new namespace with its loopback up.
     *
     * @throws LabException where the kernel refuses, with what to do about it
     */
    public static LabNamespace create(String name) {
        ExecutorService thread = Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name("lab-" + name).daemon(true).unstarted(task));
        String threadId = get(
                thread.submit(() -> {
                    Namespaces.unshareNetwork();
                    return Files.readSymbolicLink(Path.of("/proc/thread-self"))
                            .getFileName()
                            .toString();
                }),
                "make a network namespace for " + name + " (run as root, or where user namespaces are allowed)");
        LabNamespace namespace = new LabNamespace(name, thread, threadId);
        namespace.run("ip", "link", "set", "lo", "up");
        return namespace;
    }

    /** What the lab calls this node. */
    public String name() {
        return name;
    }

    /** Runs a task on the namespace's thread and waits for it. */
    public <T> T call(Callable<T> task) {
        return get(thread.submit(task), "run a task in namespace " + name);
    }

    /** Starts a daemon thread in the namespace. */
    public Thread start(String threadName, Runnable task) {
        return call(() -> {
            Thread started = Thread.ofPlatform().name(threadName).daemon(true).unstarted(task);
            started.start();
            return started;
        });
    }

    /** Runs a command in the namespace, waits for it and returns what it printed; a non-zero exit is an exception. */
    public String run(String... command) {
        CommandResult result = tryRun(command);
        if (result.exitCode() != 0) {
            throw new LabException(
                    "in namespace " + name + ": '" + String.join(" ", command) + "' failed with exit code "
                            + result.exitCode() + ": " + result.output().strip(),
                    null);
        }
        return result.output();
    }

    /** Runs a command in the namespace, waits for it, and returns its exit code and what it printed on both streams. */
    public CommandResult tryRun(String... command) {
        return call(() -> {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException("'" + String.join(" ", command) + "' did not end", null);
            }
            return new CommandResult(process.exitValue(), output);
        });
    }

    /** Starts a long-running process in the namespace, both streams to a file. */
    public Process startProcess(List<String> command, Path logFile, List<String> environment) {
        return call(() -> {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            for (String assignment : environment) {
                int equals = assignment.indexOf('=');
                builder.environment().put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
            return builder.start();
        });
    }

    /** Sets a kernel parameter of this namespace, for example {@code net/ipv4/ip_forward}. */
    public void sysctl(String path, String value) {
        call(() -> Files.writeString(Path.of("/proc/sys").resolve(path), value));
    }

    /** Lays a cable: one end here, the other in another namespace, both up. */
    public void connect(String device, LabNamespace other, String otherDevice) {
        run("ip", "link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other.threadId);
        run("ip", "link", "set", device, "up");
        other.run("ip", "link", "set", otherDevice, "up");
    }

    /** Gives a device an address such as {@code 10.1.0.1/24}. */
    public void address(String device, String addressAndLength) {
        run("ip", "address", "add", addressAndLength, "dev", device);
    }

    /** Adds a route through a next hop. */
    public void route(String prefix, String via) {
        run("ip", "route", "replace", prefix, "via", via);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static <T> T get(java.util.concurrent.Future<T> future, String what) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted: could not " + what, e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof LabException lab) {
                throw lab;
            }
            // A program error shows its kind; everything else has a sentence of its own.
            String text = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
            throw new LabException("could not " + what + ": " + text, cause);
        }
    }

    /** What a command said. */
    public record CommandResult(int exitCode, String output) {}
}
