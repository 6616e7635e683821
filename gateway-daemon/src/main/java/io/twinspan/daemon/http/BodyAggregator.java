package io.twinspan.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.concurrent.TimeUnit;

/** Puts a request and its body together, and answers one that is too long as every other mistake is answered. */
final class BodyAggregator extends HttpObjectAggregator {
    /** While a client still sends, an end at once would take the answer out of its hands (RFC 9112 section 9.6). */
    private static final long LINGER_MILLIS = 500;

    BodyAggregator() {
        super(ApiServer.MAX_BODY_BYTES, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        ApiResponse answer =
                ApiResponse.error(413, "the body has more than " + ApiServer.MAX_BODY_BYTES + " octets", "", false);
        var _ = context.writeAndFlush(NettyStream.whole(answer)).addListener(_ -> {
            var _ = context.executor().schedule(ClientPipeline.ending(context), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        });
    }
}
