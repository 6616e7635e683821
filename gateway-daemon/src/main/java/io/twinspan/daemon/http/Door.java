package io.twinspan.daemon.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client's connection, as those see it who decide about its request. Admin loop only. */
interface Door {
    /** How the request came. */
    Visit visit(HttpHeaders headers);

    /**
     * Why nobody looks at this request at all; null where somebody does.
     *
     * @param file true where it is for one of the files that anybody may read
     */
    @Nullable
    ApiResponse refusal(HttpHeaders headers, boolean file);

    /** Who sent it; completes on the admin loop. */
    CompletableFuture<Proof> prove(HttpHeaders headers);
}
