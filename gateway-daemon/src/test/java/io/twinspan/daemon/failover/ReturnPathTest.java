package io.twinspan.daemon.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReturnPathTest {
    private ReturnPath path = ReturnPath.UNKNOWN;
    private long first;
    private long second;

    @Test
    void theTunnelThatMostPacketsComeThroughIsKnownAfterSomeLooks() {
        for (int look = 1; look < ReturnPath.AGREEING_LOOKS; look++) {
            receive(0, 50);
            assertThat(path.sends()).isEqualTo(FailoverState.NO_TUNNEL);
        }
        receive(0, 50);
        assertThat(path.sends()).isEqualTo(2);
    }

    @Test
    void stragglersOnTheOldTunnelChangeNothing() {
        for (int look = 0; look < 5; look++) {
            receive(100, 0);
        }
        receive(0, 100);
        receive(0, 100);
        receive(100, 0);
        receive(0, 100);
        assertThat(path.sends()).isEqualTo(1);
    }

    @Test
    void silenceAndTrafficOverBothProveNothing() {
        for (int look = 0; look < 5; look++) {
            receive(100, 0);
        }
        for (int look = 0; look < 5; look++) {
            receive(0, 0);
            receive(50, 60);
        }
        assertThat(path.sends()).isEqualTo(1);
    }

    private void receive(long throughFirst, long throughSecond) {
        first += throughFirst;
        second += throughSecond;
        path = path.look(Map.of(1, first, 2, second));
    }
}
