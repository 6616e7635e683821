package io.twinspan.daemon.http;

import java.util.Set;
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
 * @param parameters names that its query may have, beside those of {@link #DISPLAY}
 * @param serving runs on the admin loop and must not block it
 */
public record Route(
        String method,
        String path,
        Role role,
        boolean open,
        Set<String> parameters,
        BiConsumer<ApiRequest, ApiStream> serving) {
    /** Parameters that every query may have: they change how an answer looks. */
    static final Set<String> DISPLAY = Set.of("color", "lines", "wide");

    public Route {
        parameters = Set.copyOf(parameters);
    }

    /** The same route whose query may have these parameters; any other is refused, since a slip may change what is meant. */
    public Route taking(String... names) {
        return new Route(method, path, role, open, Set.of(names), serving);
    }

    /** True for one of the files that are the same for everybody. */
    boolean isFile() {
        return open && method.equals("GET");
    }

    /** Something that tells nothing about this gateway: the dashboard's own files. */
    public static Route open(String path, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("GET", path, Role.VIEWER, true, Set.of(), answering(work));
    }

    /** A login. */
    static Route openPost(String path, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("POST", path, Role.VIEWER, true, Set.of(), answering(work));
    }

    /** A question; the future may complete anywhere. */
    public static Route get(String path, Role role, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("GET", path, role, false, Set.of(), answering(work));
    }

    /** An order; the future may complete anywhere. */
    public static Route post(String path, Role role, Function<ApiRequest, CompletableFuture<ApiResponse>> work) {
        return new Route("POST", path, role, false, Set.of(), answering(work));
    }

    /** One whose answer may go on for long. */
    public static Route stream(String method, String path, Role role, BiConsumer<ApiRequest, ApiStream> work) {
        return new Route(method, path, role, false, Set.of(), work);
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
