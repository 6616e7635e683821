package io.twinspan.daemon;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.twinspan.daemon.sys.CapabilitySet;
import io.twinspan.daemon.sys.CapabilitySet.Capability;
import io.twinspan.daemon.sys.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs test bodies in a fresh network namespace of their own, on a thread of their own. Where the rights for that are
 * missing, a test is aborted with the reason, and fails where the environment says CI=true.
 */
public final class NamespaceRequirement {
    private static final Path TUN = Path.of("/dev/net/tun");

    private NamespaceRequirement() {}

    /** A test body. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /** Runs a body in a new network namespace and passes on what it throws. */
    public static void inNewNetwork(Body body) throws Exception {
        require();
        call(() -> {
            Namespaces.unshareNetwork();
            body.run();
            return true;
        });
    }

    private static <T> T call(Callable<T> callable) throws Exception {
        FutureTask<T> task = new FutureTask<>(callable);
        Thread.ofPlatform().name("test-namespace").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Skips or fails unless network namespaces and TUN devices can be made here. */
    public static void require() {
        if (!CapabilitySet.current().has(Capability.CAP_NET_ADMIN)) {
            missing("this needs CAP_NET_ADMIN: run as root or under 'unshare --user --map-root-user'");
        }
        if (!Files.isReadable(TUN) || !Files.isWritable(TUN)) {
            missing("this needs " + TUN);
        }
    }

    /** Skips the running test with a reason, or fails it where CI=true. */
    public static void missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        System.err.println("Skipped: " + reason);
        abort(reason);
    }
}
