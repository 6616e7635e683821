package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.TcpResult;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which TCP connections survive a drill, where the host tells. Control loop only. */
final class DrillTcp {
    private final TcpWatch watch;
    private final ControlLoop loop;
    private @Nullable Set<String> before;

    DrillTcp(TcpWatch watch, ControlLoop loop) {
        this.watch = watch;
        this.loop = loop;
    }

    /** Notes what is established when the fault comes. */
    void begin() {
        var _ = watch.established().whenComplete((connections, _) -> loop.execute(() -> before = connections));
    }

    /** What was established; null where the host does not tell, or has not yet. */
    @Nullable
    Set<String> known() {
        return before;
    }

    /** Takes over what another process knew. */
    void takeUp(@Nullable Set<String> established) {
        before = established;
    }

    /** Says what became of it, on the control loop. */
    void end(Consumer<TcpResult> result) {
        Set<String> known = before;
        if (known == null) {
            result.accept(TcpResult.UNKNOWN);
            return;
        }
        var _ = watch.established()
                .whenComplete((connections, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        result.accept(TcpResult.UNKNOWN);
                        return;
                    }
                    Set<String> survivors = new HashSet<>(known);
                    survivors.retainAll(connections);
                    result.accept(new TcpResult(known.size(), survivors.size()));
                }));
    }
}
