package io.twinspan.daemon.http;

import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.COOKIE;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.HostRule;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client that came over TCP.
 *
 * @param access who decides
 * @param hosts which Host headers are ours
 * @param cookie name of the session cookie on this listener
 * @param peer its address
 * @param local the address to which it connected
 * @param certificate what its certificate allows; null for none, or one that nobody named
 */
record TcpDoor(
        ApiAccess access,
        HostRule hosts,
        String cookie,
        InetAddress peer,
        InetAddress local,
        @Nullable Grant certificate)
        implements Door {
    private static final String BEARER = "bearer ";

    @Override
    public Visit visit(HttpHeaders headers) {
        String type = Optional.ofNullable(HttpUtil.getMimeType(headers.get(CONTENT_TYPE, "")))
                .map(CharSequence::toString)
                .orElse("");
        return new Visit(peer, cookie, sessionId(headers), type);
    }

    @Override
    public @Nullable ApiResponse refusal(HttpHeaders headers, boolean file) {
        List<String> host = headers.getAll(HOST);
        // RFC 9112 section 3.2: exactly one.
        boolean known = host.size() == 1 && hosts.allows(host.getFirst(), local);
        ApiResponse tooMany = file && known ? access.tooManyFiles(peer) : access.tooMany(peer);
        if (tooMany != null) {
            return tooMany;
        }
        if (!known) {
            return ApiResponse.error(
                    421,
                    "this name is not one of the gateway's",
                    "use its address, or list the name under api.hosts in the configuration",
                    false);
        }
        return null;
    }

    @Override
    public CompletableFuture<Proof> prove(HttpHeaders headers) {
        String authorization = headers.get(AUTHORIZATION, "");
        if (!authorization.isEmpty()) {
            return bearer(authorization);
        }
        String session = sessionId(headers);
        if (!session.isEmpty()) {
            Optional<Proof> proof = access.session(session).map(Proof.Cookie::new);
            if (proof.isPresent()) {
                return CompletableFuture.completedFuture(proof.get());
            }
        }
        return CompletableFuture.completedFuture(
                certificate == null ? new Proof.None() : new Proof.Certificate(certificate));
    }

    private CompletableFuture<Proof> bearer(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        Optional<BearerToken> token = bearer
                ? BearerToken.parse(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
        return access.token(peer, token).thenApply(answer -> switch (answer) {
            case ApiAccess.Answer.Granted(Grant grant) -> new Proof.Deliberate(grant);
            case ApiAccess.Answer.Refused(ApiResponse response) -> new Proof.Refused(response);
        });
    }

    /** Of several cookies with our name, none is taken: one of them was put there by somebody else. */
    private String sessionId(HttpHeaders headers) {
        List<String> found = headers.getAll(COOKIE).stream()
                .flatMap(line -> ServerCookieDecoder.STRICT.decodeAll(line).stream())
                .filter(it -> it.name().equals(cookie))
                .map(Cookie::value)
                .toList();
        return found.size() == 1 ? found.getFirst() : "";
    }
}
