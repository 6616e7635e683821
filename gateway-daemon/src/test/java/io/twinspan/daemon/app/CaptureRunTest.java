package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.daemon.diagnosis.CaptureFollower;
import io.twinspan.daemon.diagnosis.CaptureOrder;
import io.twinspan.daemon.diagnosis.CapturedPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Captures that do not begin leave nothing behind. */
class CaptureRunTest {
    private final List<String> acts = new ArrayList<>();

    @Test
    void aFilterThatIsNoneOpensNothing() {
        assertThatThrownBy(() -> run("tpc port 80", "").begin()).isInstanceOf(CaptureException.class);
        assertThat(acts).isEmpty();
    }

    @Test
    void aTunnelThatIsGoneOpensNoDevice() {
        assertThat(run("", "no tunnel").begin()).isEqualTo("no tunnel");
        assertThat(acts).doesNotContain("open");
    }

    @Test
    void aDeviceThatCannotBeOpenedEndsTheCopyingToo() {
        assertThatThrownBy(() -> run("", "").begin()).isInstanceOf(CaptureException.class);
        assertThat(acts).containsExactly("tap", "open", "untap");
    }

    private CaptureRun run(String filter, String refusal) {
        CaptureOrder order = new CaptureOrder("prod", 1, true, true, false, filter, 1, 1);
        CaptureRun.Tapping tapping = (_, _, out, _) -> {
            acts.add(out == null ? "untap" : "tap");
            return CompletableFuture.completedFuture(refusal);
        };
        Supplier<OuterCapture> outside = () -> {
            acts.add("open");
            throw new CaptureException("no device", new IllegalStateException());
        };
        return new CaptureRun(order, tapping, new Deaf(), outside);
    }

    private static final class Deaf implements CaptureFollower {
        @Override
        public void packet(CapturedPacket packet) {}

        @Override
        public void finished(long packets, long dropped) {}
    }
}
