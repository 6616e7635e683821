package io.twinspan.daemon.io;

import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.Namespaces;
import io.twinspan.daemon.sys.Rtnetlink;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One network namespace with a thread that lives in it. */
final class TestNetwork implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon(true).unstarted(task));
    private final Descriptor descriptor;

    TestNetwork() throws Exception {
        descriptor = call(() -> {
            Namespaces.unshareNetwork();
            try (Rtnetlink netlink = new Rtnetlink()) {
                netlink.setUp(netlink.linkIndex("lo").orElseThrow());
            }
            return Namespaces.currentNetwork();
        });
    }

    <T> T call(Callable<T> task) throws Exception {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Runs a task that throws nothing checked, for cleaning up. */
    void run(Runnable task) {
        CompletableFuture.runAsync(task, thread).join();
    }

    /** Connects this network with another one by a veth pair. */
    void connect(TestNetwork other, String device, String otherDevice) throws Exception {
        call(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                netlink.addVeth(device, otherDevice);
                netlink.moveLink(netlink.linkIndex(otherDevice).orElseThrow(), other.descriptor);
            }
            return true;
        });
    }

    /** Gives a device an address and takes it up. */
    void address(String device, InetAddress address, int prefixLength) throws Exception {
        call(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                int index = netlink.linkIndex(device).orElseThrow();
                netlink.addAddress(index, address, prefixLength);
                netlink.setUp(index);
            }
            return true;
        });
    }

    /** Runs a command in this network, which must succeed. */
    void command(String... command) throws Exception {
        call(() -> {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
            return true;
        });
    }

    /** Sets a kernel parameter of this network, for example {@code net/ipv4/ip_forward}. */
    void sysctl(String path, String value) throws Exception {
        call(() -> Files.writeString(Path.of("/proc/sys").resolve(path), value));
    }

    @Override
    public void close() {
        descriptor.close();
        thread.shutdown();
    }
}
