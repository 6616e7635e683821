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
 * @param open true where nobody has to log in; then the role is not looked at
 * @param serving runs on the admin loop and must not block it
 */
public record Route(String method, String path, Role role, boolean open, BiConsumer<ApiRequest, ApiStream> serving) {
    /** Something that tells nothing about this gateway: the dashboard's own files. */
    public static Route open(String path, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("GET", path, Role.VIEWER, true, answering(work));
    }

    /** A login. */
    static Route openPost(String path, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("POST", path, Role.VIEWER, true, answering(work));
    }

    /** A question; the future may complete anywhere. */
    public static Route get(String path, Role role, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("GET", path, role, false, answering(work));
    }

    /** An order; the future may complete anywhere. */
    public static Route post(String path, Role role, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("POST", path, role, false, answering(work));
    }

    /** One whose answer may go on for long. */
    public static Route stream(String method, String path, Role role, BiConsumer<ApiRequest, ApiStream> work) {
        return new Route(method, path, role, false, work);
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
