package io.twinspan.daemon.app;

import io.twinspan.config.bind.ApiDecoders;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.diagnosis.HostFacts;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the API listen on TCP, where the configuration says so. Traffic matters more than the page: where it cannot listen, the
 * gateway runs without it and this goes on trying, in the network namespace of its maker, until it can.
 */
final class ApiListener implements AutoCloseable {
    static final String EVENT = "api.listener";

    private static final long RETRY_MILLIS = 5_000;
    private static final long END_SECONDS = 2;

    private final ApiConfig.@Nullable Listener config;
    private final ScheduledExecutorService retry = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("twinspan-listener").daemon().unstarted(task));
    private volatile String trouble = "";

    ApiListener(ApiConfig config) {
        this.config = config.listener();
    }

    /**
     * Listens, now or as soon as it can be.
     *
     * @param journal takes events from any thread
     */
    void open(ApiServer server, Consumer<GatewayEvent> journal) {
        ApiConfig.Listener wanted = config;
        if (wanted != null && !isListening(server, wanted, journal)) {
            var _ = retry.scheduleWithFixedDelay(
                    () -> tryAgain(server, wanted, journal), RETRY_MILLIS, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tryAgain(ApiServer server, ApiConfig.Listener wanted, Consumer<GatewayEvent> journal) {
        if (server.url().isPresent()) {
            retry.shutdown();
        } else if (isListening(server, wanted, journal)) {
            journal.accept(GatewayEvent.of(
                    Severity.INFO, EVENT, "", 0, "the API listens on " + shown(wanted) + " now, with the dashboard"));
            retry.shutdown();
        }
    }

    private boolean isListening(ApiServer server, ApiConfig.Listener wanted, Consumer<GatewayEvent> journal) {
        try {
            var _ = server.listen(wanted);
            trouble = "";
            return true;
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(trouble)) {
                trouble = why;
                journal.accept(GatewayEvent.of(Severity.ERROR, EVENT, "", 0, sentence(wanted, why))
                        .with("listen", shown(wanted)));
            }
            return false;
        }
    }

    private static String sentence(ApiConfig.Listener wanted, String why) {
        return "the API does not listen on " + shown(wanted) + ", so that there is no dashboard: " + why + "; "
                + HostFacts.Api.FIX;
    }

    private static String shown(ApiConfig.Listener listener) {
        return ApiDecoders.shown(new InetSocketAddress(listener.address(), listener.port()));
    }

    /** How it stands, for the doctor. */
    HostFacts.Api facts() {
        ApiConfig.Listener wanted = config;
        return wanted == null
                ? HostFacts.Api.NONE
                : new HostFacts.Api(shown(wanted), trouble.isEmpty() ? List.of() : List.of(trouble));
    }

    /** What would keep a gateway from listening on this host; leaves nothing behind. */
    static HostFacts.Api trial(ApiConfig config) {
        ApiConfig.Listener wanted = config.listener();
        return wanted == null ? HostFacts.Api.NONE : new HostFacts.Api(shown(wanted), ApiServer.problemsOf(wanted));
    }

    /**
     * Listens beside what the configuration says.
     *
     * @throws StartupException where it cannot listen there
     */
    static void listen(ApiServer server, ApiConfig.Listener listener) {
        try {
            var _ = server.listen(listener);
        } catch (IOException e) {
            throw StartupException.failed(
                    "cannot serve the API on " + shown(listener) + ": " + e.getMessage(), HostFacts.Api.FIX);
        }
    }

    @Override
    public void close() {
        retry.shutdownNow();
        try {
            var _ = retry.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
