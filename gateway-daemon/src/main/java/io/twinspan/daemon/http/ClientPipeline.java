package io.twinspan.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.concurrent.TimeUnit;

/** What every client's octets pass on their way to {@link ApiHandler}, and the limits they meet there. */
final class ClientPipeline {
    static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(ApiServer.MAX_WAITING_BYTES / 2, ApiServer.MAX_WAITING_BYTES);

    private ClientPipeline() {}

    /** First of all: the time for everything that follows. */
    static void deadline(ChannelPipeline pipeline) {
        pipeline.addLast(
                ApiServer.TIMEOUT_HANDLER, new RequestDeadline(TimeUnit.SECONDS.toMillis(ApiServer.REQUEST_SECONDS)));
    }

    /** What ends a connection. */
    static Runnable ending(ChannelHandlerContext context) {
        return () -> {
            var _ = context.close();
        };
    }

    static void http(ChannelPipeline pipeline, ApiHandler handler) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(ApiServer.MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(ApiServer.MAX_HEADER_BYTES)));
        pipeline.addLast(new BodyAggregator());
        pipeline.addLast(handler);
    }
}
