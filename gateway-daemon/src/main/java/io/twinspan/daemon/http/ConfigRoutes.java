package io.twinspan.daemon.http;

import io.twinspan.config.bind.Durations;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.control.ConfigApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Changes of the configuration that runs. */
public final class ConfigRoutes implements RouteGroup {
    private static final String DRAFT = "draft.yaml";
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ConfigApi config;

    /** Over what changes the configuration. */
    public ConfigRoutes(ConfigApi config) {
        this.config = config;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/config/diff", Role.ADMIN, this::diff).taking("name"),
                Route.post("/v1/config/apply", Role.ADMIN, this::apply).taking("confirm", "within"),
                Route.post(
                        "/v1/config/confirm",
                        Role.ADMIN,
                        request -> answered(
                                request, config.confirm(request.caller().name()))),
                Route.post(
                        "/v1/config/rollback",
                        Role.ADMIN,
                        request -> answered(
                                request, config.rollback(request.caller().name()))));
    }

    private CompletableFuture<ApiResponse> diff(ApiRequest request) {
        if (request.body().isEmpty()) {
            return answered(request, config.diff());
        }
        String name = request.parameter("name");
        return answered(request, config.diff(name.isEmpty() ? DRAFT : name, request.body()));
    }

    private CompletableFuture<ApiResponse> apply(ApiRequest request) {
        if (!request.body().isEmpty()) {
            return refused(request, "the daemon applies its own file, and takes no other", "send no body");
        }
        Optional<Duration> confirm = time(request, "confirm", Duration.ZERO);
        Optional<Duration> within = time(request, "within", ConfigApi.Order.PATIENCE);
        if (confirm.isEmpty() || within.isEmpty()) {
            return refused(request, "'confirm' and 'within' are times of at most an hour", "for example confirm=60s");
        }
        return answered(
                request, config.apply(new ConfigApi.Order(request.caller().name(), confirm.get(), within.get())));
    }

    private static Optional<Duration> time(ApiRequest request, String name, Duration otherwise) {
        String wanted = request.parameter(name);
        return (wanted.isEmpty() ? Optional.of(otherwise) : Durations.parse(wanted))
                .filter(time -> time.compareTo(LONGEST) <= 0);
    }

    private static CompletableFuture<ApiResponse> refused(ApiRequest request, String message, String hint) {
        return CompletableFuture.completedFuture(ApiResponse.error(400, message, hint, request.wantsText()));
    }

    private static CompletableFuture<ApiResponse> answered(ApiRequest request, CompletableFuture<ConfigAnswer> answer) {
        return answer.thenApply(it -> ConfigJson.response(it, request.wantsText()));
    }
}
