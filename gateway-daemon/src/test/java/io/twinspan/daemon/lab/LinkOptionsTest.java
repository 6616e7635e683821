package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

final class LinkOptionsTest {
    @Test
    void saysNothingMeansNoLink() {
        assertThat(parse()).isEqualTo(LinkImpairment.NONE);
    }

    @Test
    void aRoundTripIsHalvedAndTheRestHoldsEachWay() {
        LinkImpairment link = parse("--rtt", "10ms", "--jitter", "500us", "--loss", "5%");
        assertThat(link)
                .isEqualTo(LinkImpairment.NONE
                        .withDelay(Duration.ofMillis(5))
                        .withJitter(Duration.ofNanos(500_000))
                        .withLoss(0.05));
        assertThat(LinkOptions.shown(link)).isEqualTo("RTT 10ms, jitter 500us and loss 5.00 % each way");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rtt=10", "--rtt=-1ms", "--jitter=1m", "--loss=5", "--loss=101%"})
    void whatIsNoTimeOrShareIsRefused(String option) {
        assertThatThrownBy(() -> parse(option)).isInstanceOf(ParameterException.class);
    }

    private static LinkImpairment parse(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.link.impairment();
    }

    @CommandLine.Command
    private static final class Holder {
        @CommandLine.Mixin
        private final LinkOptions link = new LinkOptions();
    }
}
