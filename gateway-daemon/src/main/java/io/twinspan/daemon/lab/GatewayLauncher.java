package io.twinspan.daemon.lab;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.control.GatewayApi;
import java.nio.file.Path;

/** Starts a gateway on the calling thread, in that thread's network namespace. The composition root provides it. */
@FunctionalInterface
public interface GatewayLauncher {
    /**
     * Starts and returns once the gateway serves its control socket.
     *
     * @param file its configuration
     * @param socket where the control socket goes
     */
    RunningGateway start(Path file, Path socket);

    /** A gateway that runs until it is closed. */
    interface RunningGateway extends AutoCloseable {
        /** What operators may ask and order. */
        GatewayApi api();

        /**
         * Serves the API on TCP too, in the network namespace of the calling thread.
         *
         * @throws RuntimeException where the address cannot be had
         */
        void listen(ApiConfig.Listener listener);

        /** Deletes the tunnels, waits for it a bounded time, and leaves nothing behind. */
        @Override
        void close();
    }
}
