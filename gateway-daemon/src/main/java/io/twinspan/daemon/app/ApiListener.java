package io.twinspan.daemon.app;

import io.twinspan.config.bind.ApiDecoders;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.http.ApiServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Has the API listen on TCP, where the configuration says so. */
final class ApiListener {
    private ApiListener() {}

    /** @throws StartupException where it cannot listen there */
    static void listen(ApiServer server, ApiConfig config) {
        ApiConfig.Listener listener = config.listener();
        if (listener == null) {
            return;
        }
        try {
            var _ = server.listen(listener);
        } catch (IOException e) {
            throw StartupException.failed(
                    "cannot serve the API on "
                            + ApiDecoders.shown(new InetSocketAddress(listener.address(), listener.port())) + ": "
                            + e.getMessage(),
                    "see the section 'api' of the configuration; 'ss -ltnp' shows who holds a port");
        }
    }
}
