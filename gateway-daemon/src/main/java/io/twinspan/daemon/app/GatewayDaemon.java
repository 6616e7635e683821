package io.twinspan.daemon.app;

import io.twinspan.config.ProblemPrinter;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.control.ConfigApi;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.lab.GatewayLauncher.RunningGateway;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import io.twinspan.daemon.service.Service;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running gateway. Starts in the network namespace of the calling thread and stays there; may be closed from any thread.
 *
 * <p>One thread of its own, the keeper, starts and stops everything, because routes and sockets belong to a namespace and the
 * thread that closes a gateway may live in another.
 */
public final class GatewayDaemon implements RunningGateway {
    /** A loop that hangs must not keep the process from ending. */
    private static final long HAND_OVER_MILLIS = 500;

    private final ExecutorService keeper;
    private final Gateway gateway;

    private GatewayDaemon(ExecutorService keeper, Gateway gateway) {
        this.keeper = keeper;
        this.gateway = gateway;
    }

    /** A gateway that forgets what it learned when it ends. */
    public static GatewayDaemon start(Path file, Path socket) {
        return start(file, socket, null);
    }

    /**
     * Starts a gateway from its file, which it reads again when its configuration is to be changed. Returns once it serves
     * its socket; tunnels come up by themselves afterwards.
     *
     * @param file configuration file
     * @param socket where to serve the control API
     * @param state folder for what outlives the daemon; null for none
     * @throws StartupException where it cannot start; then nothing of it is left
     */
    public static GatewayDaemon start(Path file, Path socket, @Nullable Path state) {
        StartingPoint.Found found = StartingPoint.find(file, state);
        if (found.start() == null) {
            throw StartupException.invalidConfiguration(
                    file + " has errors:\n" + String.join("\n", ProblemPrinter.lines(found.problems())), "");
        }
        return start(found.start(), socket, state, Service.none(), () -> {});
    }

    /**
     * Starts a gateway that keeps the reports of its drills, and takes over from a predecessor.
     *
     * @param from what to run
     * @param socket where to serve the control API
     * @param state folder for what outlives the daemon; null for none
     * @param service where descriptors come from and are kept; stays the caller's
     * @param restart ends this process as SIGTERM does, for a drill; any thread
     * @throws StartupException where it cannot start; then nothing of it is left
     */
    static GatewayDaemon start(
            StartingPoint from, Path socket, @Nullable Path state, Service service, Runnable restart) {
        ExecutorService keeper = Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name("twinspan-keeper").unstarted(task));
        try {
            return new GatewayDaemon(
                    keeper,
                    await(keeper, () -> new StartupSequence(from, socket, state, service, restart, keeper).run()));
        } catch (RuntimeException e) {
            keeper.shutdown();
            throw e;
        }
    }

    @Override
    public GatewayApi api() {
        return gateway.api();
    }

    /** Changing the configuration while the gateway runs. */
    public ConfigApi config() {
        return gateway.config();
    }

    @Override
    public void listen(ApiConfig.Listener listener) {
        ApiListener.listen(gateway.server(), listener);
    }

    /**
     * Sends a DELETE on every tunnel, waits a bounded time for the answers, and removes routes, addresses, devices and the
     * socket. The second call does nothing.
     */
    @Override
    public void close() {
        if (!keeper.isShutdown()) {
            gateway.abandonChange().run();
            await(keeper, () -> {
                new ShutdownSequence(gateway).run();
                return true;
            });
            keeper.shutdown();
        }
    }

    /**
     * Leaves everything as it is for a successor: no DELETE, and routes, addresses, devices and SAs stay. The process has to
     * end right after it, since the successor will use the same sequence numbers.
     */
    void handOver() {
        gateway.service().stopping("handing over to the next start");
        CountDownLatch told = new CountDownLatch(1);
        gateway.loop().execute(() -> {
            gateway.journal()
                    .record(GatewayEvent.of(
                            Severity.INFO, "gateway.handing-over", "", 0, "the gateway hands over to the next start"));
            told.countDown();
        });
        try {
            var _ = told.await(HAND_OVER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(ExecutorService keeper, Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(task, keeper).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
