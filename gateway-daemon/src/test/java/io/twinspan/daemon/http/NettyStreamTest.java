package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NettyStreamTest {
    private final ChannelInboundHandlerAdapter last = new ChannelInboundHandlerAdapter();
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseEncoder(), last);
    private final NettyStream stream = new NettyStream(channel.pipeline().context(last), true);

    /** A ping over a fast path is answered before the thread that ordered it has begun the answer. */
    @Test
    void whatIsSentBeforeTheHeadFollowsIt() {
        stream.send("first\n");
        stream.send("second\n");
        stream.end();
        channel.runPendingTasks();
        assertThat(written()).isEmpty();
        stream.begin(ApiResponse.TEXT, Map.of());
        channel.runPendingTasks();
        assertThat(written())
                .startsWith("HTTP/1.1 200 OK")
                .containsSubsequence("\r\n\r\n6\r\nfirst\n\r\n", "7\r\nsecond\n\r\n", "0\r\n\r\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aRefusalIsTheWholeAnswerWhateverWasSentBefore() {
        stream.send("first\n");
        stream.answer(ApiResponse.error(409, "no", "", true));
        channel.runPendingTasks();
        assertThat(written()).startsWith("HTTP/1.1 409 ").doesNotContain("first");
        assertThat(channel.isOpen()).isFalse();
    }

    private String written() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.append(piece.toString(UTF_8));
            piece.release();
        }
        return all.toString();
    }
}
