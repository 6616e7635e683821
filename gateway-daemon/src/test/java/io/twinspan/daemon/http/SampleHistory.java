package io.twinspan.daemon.http;

import io.twinspan.daemon.control.ConnectionHistory;
import io.twinspan.daemon.control.LiveSample;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.history.HistoryColumns;
import io.twinspan.daemon.history.HistoryRange;
import io.twinspan.daemon.history.TunnelHistory;
import io.twinspan.daemon.history.TunnelReading;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Half a minute of one tunnel that carries traffic, and of one that was never up. */
final class SampleHistory {
    private static final int SECONDS = 31;

    private SampleHistory() {}

    static ConnectionHistory of(HistoryRange range) {
        SortedMap<Integer, HistoryColumns> tunnels = new TreeMap<>();
        int count = 0;
        for (int number = 1; number <= 2; number++) {
            TunnelHistory tunnel = tunnel(number);
            count = (int) (tunnel.lastStep(range) - tunnel.firstStep(range) + 1);
            tunnels.put(number, tunnel.columns(range, tunnel.firstStep(range), count));
        }
        return new ConnectionHistory("prod", range, start(), count, tunnels);
    }

    static LiveSample latest() {
        return new LiveSample(
                "prod",
                start().plusSeconds(SECONDS - 1),
                new TreeMap<>(java.util.Map.of(
                        1, Objects.requireNonNull(tunnel(1).latest()),
                        2, Objects.requireNonNull(tunnel(2).latest()))));
    }

    private static Instant start() {
        return SampleStatus.NOW.minusSeconds(SECONDS);
    }

    private static TunnelHistory tunnel(int number) {
        TunnelHistory tunnel = new TunnelHistory();
        for (int second = 0; second < SECONDS; second++) {
            long amount = number == 1 ? 0 : second;
            TunnelState state = number == 1 ? TunnelState.DOWN : TunnelState.UP;
            tunnel.take(new TunnelReading(
                    TimeUnit.SECONDS.toNanos(second),
                    amount * 1_000,
                    amount,
                    amount * 1_250_000,
                    amount * 1_000,
                    amount * 8,
                    second > 20 && number == 2 ? 1 : 0,
                    amount * 8_123_000,
                    amount * 9_456_000,
                    ConnectionHistory.states().indexOf(state)));
        }
        return tunnel;
    }
}
