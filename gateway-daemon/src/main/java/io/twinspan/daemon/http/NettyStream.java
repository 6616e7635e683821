package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer on its way into a channel; every call hops to the admin loop. */
final class NettyStream implements ApiStream {
    private static final Logger LOG = LoggerFactory.getLogger(NettyStream.class);

    /** A client that has not taken its answer by then is gone. */
    private static final int DRAIN_SECONDS = 30;

    private static final int RETRY_SECONDS = 5;

    private final ChannelHandlerContext context;
    private final boolean chunks;

    /** What a fast source sent before the head of the answer; admin loop only, like {@link #begun}. */
    private final List<Runnable> early = new ArrayList<>();

    private boolean begun;

    /** @param chunks whether the client knows them: HTTP/1.0 ends an answer with the connection (RFC 9112 section 6.1) */
    NettyStream(ChannelHandlerContext context, boolean chunks) {
        this.context = context;
        this.chunks = chunks;
    }

    @Override
    public void answer(ApiResponse response) {
        context.executor().execute(() -> send(response));
    }

    @Override
    public void fail(Throwable bug) {
        if (isOverload(bug)) {
            LOG.warn("An API request found no room: {}", bug.toString());
            answer(ApiResponse.error(
                            503, "too many questions wait for an answer", "try again in " + RETRY_SECONDS + " s", false)
                    .with("Retry-After", Integer.toString(RETRY_SECONDS)));
            return;
        }
        LOG.error("An API request failed; this is a bug.", bug);
        answer(ApiResponse.error(500, "internal error", "the daemon's log has the details", false));
    }

    private static boolean isOverload(Throwable bug) {
        return bug instanceof RejectedExecutionException
                || (bug instanceof CompletionException && bug.getCause() instanceof RejectedExecutionException);
    }

    @Override
    public void begin(String contentType, Map<String, String> headers) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpUtil.setTransferEncodingChunked(head, chunks);
        headers.forEach((name, value) -> head.headers().set(name, value));
        AnswerHeaders.complete(head.headers());
        context.executor().execute(() -> {
            var _ = context.writeAndFlush(head, context.voidPromise());
            begun = true;
            early.forEach(Runnable::run);
            early.clear();
        });
    }

    @Override
    public void send(String piece) {
        afterHead(() -> {
            if (!context.channel().isActive()) {
                return;
            }
            if (!context.channel().isWritable()) {
                var _ = context.close();
                return;
            }
            var _ = context.writeAndFlush(
                    new DefaultHttpContent(Unpooled.copiedBuffer(piece, UTF_8)), context.voidPromise());
        });
    }

    @Override
    public void end() {
        afterHead(() -> {
            var _ = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        });
    }

    /** The source may have its first news on another thread before the one that asked it has begun the answer. */
    private void afterHead(Runnable write) {
        context.executor().execute(() -> {
            if (begun) {
                write.run();
            } else {
                early.add(write);
            }
        });
    }

    @Override
    public void onEnd(Runnable action) {
        context.channel().closeFuture().addListener(_ -> action.run());
    }

    private void send(ApiResponse response) {
        Future<?> tooSlow =
                context.executor().schedule(ClientPipeline.ending(context), DRAIN_SECONDS, TimeUnit.SECONDS);
        var _ = context.writeAndFlush(whole(response))
                .addListener(_ -> tooSlow.cancel(false))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** An answer as it goes out. */
    static FullHttpResponse whole(ApiResponse response) {
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
        response.headers().forEach((name, value) -> full.headers().set(name, value));
        AnswerHeaders.complete(full.headers());
        return full;
    }
}
