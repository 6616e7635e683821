package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection that trickles. */
final class RequestDeadlineTest {
    @Test
    void a30_octetsThatTrickleDoNotMakeTheDeadlineLater() {
        EmbeddedChannel channel = new EmbeddedChannel(new RequestDeadline(1_000));
        for (int i = 0; i < 9; i++) {
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.writeInbound((byte) 'x');
            channel.runScheduledPendingTasks();
            assertThat(channel.isOpen()).isTrue();
        }
        channel.advanceTimeBy(101, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void requestThatIsHereIsNotHurried() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast("deadline", new RequestDeadline(1_000));
        channel.pipeline().remove("deadline");
        channel.advanceTimeBy(2_000, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
    }
}
