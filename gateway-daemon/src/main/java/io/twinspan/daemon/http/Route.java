package io.twinspan.daemon.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One request that the API answers.
 *
 * @param method GET or POST
 * @param path to be met exactly
 * @param role what the caller needs
 * @param serving runs on the admin loop and must not block it
 */
public record Route(String method, String path, Role role, BiConsumer<ApiRequest, ApiStream> serving) {
    /** A question; the future may complete anywhere. */
    public static Route get(String path, Role role, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("GET", path, role, answering(work));
    }

    /** An order; the future may complete anywhere. */
    public static Route post(String path, Role role, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("POST", path, role, answering(work));
    }

    /** One whose answer may go on for long. */
    public static Route stream(String method, String path, Role role, BiConsumer<ApiRequest, ApiStream> work) {
        return new Route(method, path, role, work);
    }

    private static BiConsumer<ApiRequest, ApiStream> answering(
            Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return (request, stream) -> {
            var _ = work.apply(request).whenComplete((response, bug) -> {
                if (bug == null) {
                    stream.answer(response);
                } else {
                    stream.fail(bug);
                }
            });
        };
    }
}
