package io.twinspan.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.service.ServiceEnvironment.Passed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    private static final long US = 4711;

    @Test
    void withoutAnyVariableNobodyManagesTheProcess() {
        ServiceEnvironment environment = ServiceEnvironment.of(Map.of(), US);
        assertThat(environment.handsOver()).isFalse();
        assertThat(environment.passed()).isEmpty();
        assertThat(environment.watchdogMicros()).isZero();
    }

    @Test
    void onlyAManagerWithADescriptorStoreIsHandedOverTo() {
        assertThat(handsOver(Map.of("NOTIFY_SOCKET", "/run/notify"))).isFalse();
        assertThat(handsOver(Map.of("NOTIFY_SOCKET", "/run/notify", "TWINSPAN_HAND_OVER", "0")))
                .isFalse();
        assertThat(handsOver(Map.of("NOTIFY_SOCKET", "/run/notify", "FDSTORE", "0")))
                .isFalse();
        assertThat(handsOver(Map.of("TWINSPAN_HAND_OVER", "1"))).isFalse();
        assertThat(handsOver(Map.of("NOTIFY_SOCKET", "/run/notify", "TWINSPAN_HAND_OVER", "1")))
                .isTrue();
        assertThat(handsOver(Map.of("NOTIFY_SOCKET", "/run/notify", "FDSTORE", "256")))
                .isTrue();
    }

    private static boolean handsOver(Map<String, String> variables) {
        ServiceEnvironment environment = ServiceEnvironment.of(variables, US);
        assertThat(environment.notifies()).isEqualTo(variables.containsKey("NOTIFY_SOCKET"));
        return environment.handsOver();
    }

    @Test
    void descriptorsAreNumberedFromThreeAndKeepTheirNames() {
        assertThat(passed(
                        Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "3", "LISTEN_FDNAMES", "tun-tws0:udp500-192.0.2.1")))
                .containsExactly(new Passed("tun-tws0", 3), new Passed("udp500-192.0.2.1", 4), new Passed("", 5));
    }

    @Test
    void descriptorsForAnotherProcessAreNotOurs() {
        assertThat(passed(Map.of("LISTEN_PID", "4712", "LISTEN_FDS", "1", "LISTEN_FDNAMES", "tun-tws0")))
                .isEmpty();
        assertThat(passed(Map.of("LISTEN_FDS", "1", "LISTEN_FDNAMES", "tun-tws0")))
                .isEmpty();
    }

    @Test
    void rubbishCountsAsNotSaid() {
        assertThat(passed(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "-1"))).isEmpty();
        assertThat(passed(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "9".repeat(40))))
                .isEmpty();
        assertThat(passed(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "999999999")))
                .hasSizeLessThan(5_000);
        assertThat(ServiceEnvironment.of(Map.of("WATCHDOG_USEC", "soon"), US).watchdogMicros())
                .isZero();
    }

    @Test
    void theWatchdogOfAnotherProcessIsNotFed() {
        Map<String, String> forUs = Map.of("WATCHDOG_USEC", "10000000", "WATCHDOG_PID", "4711");
        assertThat(ServiceEnvironment.of(forUs, US).watchdogMicros()).isEqualTo(10_000_000);
        assertThat(ServiceEnvironment.of(forUs, US + 1).watchdogMicros()).isZero();
        assertThat(ServiceEnvironment.of(Map.of("WATCHDOG_USEC", "5"), US).watchdogMicros())
                .isEqualTo(5);
    }

    private static Iterable<Passed> passed(Map<String, String> environment) {
        return ServiceEnvironment.of(environment, US).passed();
    }
}
