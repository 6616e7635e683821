package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The description of all routes, for programs that make clients. */
final class OpenApiRoutes implements RouteGroup {
    /** The document among our resources. */
    static final String RESOURCE = "/openapi.yaml";

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/v1/openapi.yaml",
                Role.VIEWER,
                _ -> CompletableFuture.completedFuture(
                        new ApiResponse(200, "application/yaml; charset=utf-8", document(), ""))));
    }

    /** The document's text. */
    static String document() {
        try (InputStream in = Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a resource of ours cannot be read", e);
        }
    }
}
