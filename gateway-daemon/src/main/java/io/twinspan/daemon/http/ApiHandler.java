package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.twinspan.daemon.control.DrillAnswer;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.observe.JournalEntry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of one client: one request, one answer or one stream of events, then the end. Admin loop only. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final GatewayApi gateway;
    private final ApiRoutes routes;
    private final PeerPolicy policy;
    private boolean answered;
    private boolean gone;
    private Runnable endFollowing = () -> {};

    ApiHandler(GatewayApi gateway, PeerPolicy policy) {
        this.gateway = gateway;
        this.routes = new ApiRoutes(gateway);
        this.policy = policy;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) throws IOException {
        if (answered) {
            return;
        }
        answered = true;
        if (message.decoderResult().isFailure()) {
            send(context, ApiResponse.error(400, "this is no HTTP request", "", false));
            return;
        }
        EpollDomainSocketChannel channel = (EpollDomainSocketChannel) context.channel();
        if (!policy.admits(channel.peerCredentials())) {
            send(context, ApiResponse.error(403, "not permitted", "be root or a member of the socket's group", false));
            return;
        }
        ApiRequest request;
        try {
            request = ApiRequest.of(message);
        } catch (IllegalArgumentException e) {
            send(context, ApiResponse.error(400, "the query is malformed", "", false));
            return;
        }
        serve(context, request);
    }

    private void serve(ChannelHandlerContext context, ApiRequest request) {
        if (request.path().equals(ApiRoutes.EVENTS_PATH) && request.method().equals("GET") && request.flag("follow")) {
            follow(context, request);
            return;
        }
        if (request.path().equals(DrillQuery.PATH) && request.method().equals("POST")) {
            drill(context, request);
            return;
        }
        if (request.path().equals(ApiRoutes.MTU_PATH)) {
            // A measurement takes longer than a request may take to come in.
            context.pipeline().remove(ApiServer.TIMEOUT_HANDLER);
        }
        var _ = routes.answer(request)
                .whenComplete((response, bug) -> context.executor().execute(() -> {
                    if (bug != null) {
                        fail(context, bug);
                    } else {
                        send(context, response);
                    }
                }));
    }

    private void follow(ChannelHandlerContext context, ApiRequest request) {
        sendHead(context, request, "");
        Consumer<JournalEntry> follower = entry -> {
            String line = request.wantsText() ? EventText.line(entry, request.paint()) : EventsJson.line(entry);
            context.executor().execute(() -> stream(context, line));
        };
        var _ = gateway.follow(ApiRoutes.sequence(request), follower)
                .thenAccept(end -> context.executor().execute(() -> keepEnd(end)));
    }

    /** The drill lives as long as the connection: whoever goes away ends it. */
    private void drill(ChannelHandlerContext context, ApiRequest request) {
        DrillOrder order;
        try {
            order = DrillQuery.of(request);
        } catch (IllegalArgumentException e) {
            send(context, ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        var _ = gateway.drill(order, new DrillStream(context, request.wantsText()))
                .whenComplete((answer, bug) -> context.executor().execute(() -> {
                    if (bug != null) {
                        fail(context, bug);
                    } else {
                        answered(context, request, answer);
                    }
                }));
    }

    private void answered(ChannelHandlerContext context, ApiRequest request, DrillAnswer answer) {
        switch (answer) {
            case DrillAnswer.Started(String id, DrillPlan plan, Runnable stop) -> {
                sendHead(context, request, id);
                if (request.wantsText()) {
                    stream(context, DrillText.opening(plan));
                }
                keepEnd(stop);
            }
            case DrillAnswer.Refused(List<String> reasons) ->
                send(
                        context,
                        ApiResponse.error(
                                409, "the drill is refused", String.join("; ", reasons), request.wantsText()));
            case DrillAnswer.Unknown(String message) ->
                send(context, ApiResponse.error(404, message, "", request.wantsText()));
        }
    }

    private void sendHead(ChannelHandlerContext context, ApiRequest request, String drill) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, request.wantsText() ? ApiResponse.TEXT : ApiResponse.JSON_LINES)
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (!drill.isEmpty()) {
            head.headers().set(ApiServer.DRILL_HEADER, drill);
        }
        var _ = context.writeAndFlush(head, context.voidPromise());
        context.pipeline().remove(ApiServer.TIMEOUT_HANDLER);
    }

    private void keepEnd(Runnable end) {
        if (gone) {
            end.run();
        } else {
            endFollowing = end;
        }
    }

    /** A reader that is slower than the events loses the connection rather than filling our memory. */
    private static void stream(ChannelHandlerContext context, String line) {
        if (!context.channel().isActive()) {
            return;
        }
        if (!context.channel().isWritable()) {
            var _ = context.close();
            return;
        }
        var _ = context.writeAndFlush(
                new DefaultHttpContent(Unpooled.copiedBuffer(line, UTF_8)), context.voidPromise());
    }

    private static void send(ChannelHandlerContext context, ApiResponse response) {
        FullHttpResponse full = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.copiedBuffer(response.body(), UTF_8));
        full.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, response.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, full.content().readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (!response.state().isEmpty()) {
            full.headers().set(ApiServer.STATE_HEADER, response.state());
        }
        var _ = context.writeAndFlush(full).addListener(ChannelFutureListener.CLOSE);
    }

    private static void fail(ChannelHandlerContext context, Throwable bug) {
        LOG.error("An API request failed; this is a bug.", bug);
        send(context, ApiResponse.error(500, "internal error", "the daemon's log has the details", false));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone = true;
        endFollowing.run();
        context.fireChannelInactive();
    }

    /** Broken pipes, timeouts and rubbish end the connection and nothing else. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("API connection ended: {}", cause.toString());
        var _ = context.close();
    }
}
