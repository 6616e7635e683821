package io.twinspan.daemon.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.Sessions.Session;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of one client: one request, one answer or one stream, then the end. Admin loop only. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final ApiGate gate;
    private final Function<Channel, Door> doors;
    private boolean answered;

    ApiHandler(ApiGate gate, Function<Channel, Door> doors) {
        this.gate = gate;
        this.doors = doors;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        if (answered) {
            return;
        }
        answered = true;
        // The request is here; how long its answer takes is the gateway's affair.
        context.pipeline().remove(ApiServer.TIMEOUT_HANDLER);
        ApiStream stream = new NettyStream(context, !message.protocolVersion().equals(HttpVersion.HTTP_1_0));
        if (message.decoderResult().isFailure()) {
            stream.answer(unreadable(message.decoderResult().cause()));
            return;
        }
        Door door = doors.apply(context.channel());
        ApiResponse refusal = door.refusal(
                message.headers(), gate.router().isFile(message.method().name(), message.uri()));
        if (refusal != null) {
            stream.answer(refusal);
            return;
        }
        ApiRequest request;
        try {
            request = ApiRequest.of(message, door.visit(message.headers()));
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, "the query is malformed", String.valueOf(e.getMessage()), false));
            return;
        }
        String pageProof = message.headers().get(ApiServer.CSRF_HEADER, "");
        var _ = door.prove(message.headers()).whenComplete((proof, bug) -> {
            if (bug == null) {
                decide(context, request, pageProof, proof, stream);
            } else {
                stream.fail(bug);
            }
        });
    }

    private static ApiResponse unreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                ApiResponse.error(
                        414,
                        "the request line has more than " + ApiServer.MAX_REQUEST_LINE_BYTES + " octets",
                        "",
                        false);
            case TooLongHttpHeaderException _ ->
                ApiResponse.error(
                        431, "the headers have more than " + ApiServer.MAX_HEADER_BYTES + " octets", "", false);
            default -> ApiResponse.error(400, "this is no HTTP request", "", false);
        };
    }

    private void decide(
            ChannelHandlerContext context, ApiRequest request, String pageProof, Proof proof, ApiStream stream) {
        switch (proof) {
            case Proof.None() -> gate.serve(request, stream);
            case Proof.Refused(ApiResponse answer) -> gate.refuse(request, answer, stream);
            case Proof.Deliberate(Grant grant) -> {
                endWith(context, grant);
                gate.serve(request.from(callerOf(grant)), stream);
            }
            case Proof.Certificate(Grant grant) ->
                gate.serveBrowser(request.from(callerOf(grant)), !pageProof.isEmpty(), stream);
            case Proof.Cookie(Session session) -> {
                endWith(context, session, request);
                Caller caller = new Caller(session.toString(), roleOf(session.grant()));
                gate.serveBrowser(request.from(caller), session.isProvedBy(pageProof), stream);
            }
        }
    }

    /** What a session opened ends with it: at its logout, or when its time is over. */
    private void endWith(ChannelHandlerContext context, Session session, ApiRequest request) {
        if (request.path().equals(SessionRoutes.LOGOUT)) {
            return;
        }
        Runnable forget = gate.access().watch(session, ClientPipeline.ending(context));
        Future<?> over = context.executor()
                .schedule(ClientPipeline.ending(context), gate.access().leftNanos(session), TimeUnit.NANOSECONDS);
        context.channel().closeFuture().addListener(_ -> {
            forget.run();
            over.cancel(false);
        });
    }

    /** What a token opened by itself ends when that is removed. */
    private void endWith(ChannelHandlerContext context, Grant grant) {
        Runnable forget = gate.access().watch(grant, ClientPipeline.ending(context));
        context.channel().closeFuture().addListener(_ -> forget.run());
    }

    private static Caller callerOf(Grant grant) {
        return new Caller(grant.name(), roleOf(grant));
    }

    private static Role roleOf(Grant grant) {
        ApiConfig.Role role = grant.role();
        return switch (role) {
            case VIEWER -> Role.VIEWER;
            case OPERATOR -> Role.OPERATOR;
            case ADMIN -> Role.ADMIN;
        };
    }

    /** Broken pipes, timeouts and rubbish end the connection and nothing else. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("API connection ended: {}", cause.toString());
        var _ = context.close();
    }
}
