package io.twinspan.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of one client: one request, one answer or one stream, then the end. Admin loop only. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final Router router;
    private final PeerPolicy policy;
    private boolean answered;

    ApiHandler(Router router, PeerPolicy policy) {
        this.router = router;
        this.policy = policy;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) throws IOException {
        if (answered) {
            return;
        }
        answered = true;
        // The request is here; how long its answer takes is the gateway's affair.
        context.pipeline().remove(ApiServer.TIMEOUT_HANDLER);
        ApiStream stream = new NettyStream(context);
        if (message.decoderResult().isFailure()) {
            stream.answer(ApiResponse.error(400, "this is no HTTP request", "", false));
            return;
        }
        EpollDomainSocketChannel channel = (EpollDomainSocketChannel) context.channel();
        Optional<Caller> caller = policy.caller(channel.peerCredentials());
        if (caller.isEmpty()) {
            stream.answer(ApiResponse.error(403, "not permitted", "be root or a member of the socket's group", false));
            return;
        }
        serve(message, caller.get(), stream);
    }

    private void serve(FullHttpRequest message, Caller caller, ApiStream stream) {
        ApiRequest request;
        try {
            request = ApiRequest.of(message, caller);
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, "the query is malformed", "", false));
            return;
        }
        router.serve(request, stream);
    }

    /** Broken pipes, timeouts and rubbish end the connection and nothing else. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("API connection ended: {}", cause.toString());
        var _ = context.close();
    }
}
