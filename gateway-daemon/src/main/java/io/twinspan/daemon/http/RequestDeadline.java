package io.twinspan.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose request is not here in time, however busily it trickles: the whole of it, TLS included, and not the
 * pause between two octets. Removed when the request is here.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final long millis;
    private @Nullable Future<?> end;

    RequestDeadline(long millis) {
        this.millis = millis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor().schedule(ClientPipeline.ending(context), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Future<?> waiting = end;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
