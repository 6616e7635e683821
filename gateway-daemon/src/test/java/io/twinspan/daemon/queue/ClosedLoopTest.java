package io.twinspan.daemon.queue;

import static io.twinspan.daemon.queue.RenoSimulation.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.queue.RenoSimulation.Result;
import io.twinspan.daemon.queue.RenoSimulation.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What queue management is for: TCP senders that react to it keep the queue short, and without it they fill it. */
class ClosedLoopTest {
    private static final long TARGET = 5 * MS;

    /** What 256 packets of 1,440 octets take at 50 Mbit/s. */
    private static final long WHOLE_BUFFER = 256L * 1_440 * 8 * 1_000 / 50;

    /** What the largest super-packet takes at 1 Gbit/s. */
    private static final long ONE_SUPER_PACKET = 40L * 1_440 * 8;

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void superPacketsWaitAboutTheTargetAndTheGatewayStaysBusy(int senders) {
        Result result = run(superPackets(senders, QueuePackets.NOT_ECT), managed());

        assertThat(result.wait99()).isLessThan(TARGET * 3 / 2);
        assertThat(result.load()).isGreaterThan(0.97);
        assertThat(result.marked()).isZero();
    }

    @Test
    void singlePacketsWaitAboutTheTargetAndTheGatewayStaysBusy() {
        Result result = run(singlePackets(QueuePackets.NOT_ECT), managed());

        assertThat(result.wait99()).isLessThan(TARGET * 3);
        assertThat(result.load()).isGreaterThan(0.97);
    }

    @Test
    void withoutManagementTheyWaitForTheWholeBuffer() {
        assertThat(run(singlePackets(QueuePackets.NOT_ECT), unmanaged()).wait99())
                .isGreaterThan(WHOLE_BUFFER * 98 / 100);
        assertThat(run(superPackets(8, QueuePackets.NOT_ECT), unmanaged()).wait99())
                .isGreaterThan(20 * TARGET);
    }

    @Test
    void sendersThatUnderstandEcnAreHeldWithoutALoss() {
        Result result = run(singlePackets(QueuePackets.ECT_0), managed());

        assertThat(result.wait99()).isLessThan(TARGET * 3);
        assertThat(result.load()).isGreaterThan(0.97);
        assertThat(result.marked()).isGreaterThan(100);
        assertThat(result.dropped()).isZero();
    }

    @Test
    void controlPacketsWaitForThePacketInFrontOfTheCipherAndForNoOther() {
        Setting setting = superPackets(16, QueuePackets.NOT_ECT);

        assertThat(run(setting, managed()).longestControlWait()).isLessThanOrEqualTo(ONE_SUPER_PACKET);
        assertThat(run(setting, unmanaged()).longestControlWait()).isLessThanOrEqualTo(ONE_SUPER_PACKET);
    }

    private static Result run(Setting setting, CoDel codel) {
        return new RenoSimulation(setting, codel).run();
    }

    private static Setting superPackets(int senders, int ecn) {
        return new Setting(senders, 1_000_000_000L, 10 * MS, 40, ecn);
    }

    private static Setting singlePackets(int ecn) {
        return new Setting(8, 50_000_000L, 20 * MS, 1, ecn);
    }

    private static CoDel managed() {
        return new CoDel(TARGET, 20 * TARGET, 1_514);
    }

    private static CoDel unmanaged() {
        return new CoDel(Long.MAX_VALUE, 20 * TARGET, 1_514);
    }
}
