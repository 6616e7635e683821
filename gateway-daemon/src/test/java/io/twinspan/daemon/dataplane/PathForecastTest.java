package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The forecast and the data plane itself say the same of every packet. */
class PathForecastTest {
    /** State of a gateway and a packet. */
    record Case(
            String source,
            String destination,
            int length,
            boolean dontFragment,
            DfPolicy df,
            List<Integer> active,
            List<Integer> withSa,
            boolean narrow,
            int uplink) {}

    @Provide
    static Arbitrary<Case> cases() {
        Arbitrary<String> sources = Arbitraries.of("10.1.0.10", "10.1.7.3", "192.168.9.9", "fd01::10");
        Arbitrary<String> destinations = Arbitraries.of(
                "10.2.0.10", "10.2.255.1", "169.254.1.1", "169.254.2.1", "8.8.8.8", "fd02::5", "fd03::5");
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.integers().between(48, 3_000),
                Arbitraries.integers().between(1_380, 1_450));
        Arbitrary<List<Integer>> sets = Arbitraries.of(List.of(), List.of(1), List.of(2), List.of(1, 2), List.of(2, 1));
        return Combinators.combine(
                        sources,
                        destinations,
                        lengths,
                        Arbitraries.of(true, false),
                        Arbitraries.of(DfPolicy.class),
                        sets,
                        sets,
                        Arbitraries.of(true, false))
                .flatAs((source, destination, length, bit, df, active, withSa, narrow) -> Arbitraries.of(
                                1_500, 1_400, 1_280)
                        .map(uplink -> new Case(source, destination, length, bit, df, active, withSa, narrow, uplink)));
    }

    @Property(tries = 2_000)
    void saysOfEachPacketWhatTheDataPlaneThenDoes(@ForAll("cases") Case it) {
        boolean ipv6 = it.destination().contains(":");
        if (ipv6 != it.source().contains(":")) {
            return;
        }
        MemoryGateway gateway = gateway(it);
        byte[] packet = ipv6
                ? TestPackets.ipv6(it.source(), it.destination(), it.length())
                : TestPackets.udp(it.source(), it.destination(), it.length(), it.dontFragment());
        PathForecast forecast = forecast(gateway, packet);
        int answersBefore = gateway.answers.size();
        assertThat(gateway.sent).describedAs("a forecast sends nothing").isEmpty();
        assertThat(drops(gateway)).describedAs("a forecast counts nothing").isEmpty();

        gateway.out(packet.clone());

        assertThat(gateway.sent).hasSize(forecast.packets());
        assertThat(drops(gateway).keySet())
                .containsExactlyElementsOf(forecast.passes() ? List.of() : List.of(forecast.drop()));
        assertThat(!gateway.tooBig().isEmpty()).isEqualTo(forecast.tellsSize());
        assertThat(gateway.dataPlane.counters(1).packetsOut() > 0)
                .isEqualTo(forecast.tunnel() == 1 && forecast.packets() > 0 && forecast.passes());
        assertThat(gateway.dataPlane.counters(2).packetsOut() > 0)
                .isEqualTo(forecast.tunnel() == 2 && forecast.packets() > 0 && forecast.passes());
        if (forecast.passes()) {
            assertThat(gateway.answers).hasSize(answersBefore);
            assertThat(spiOf(gateway.sent.getFirst())).isEqualTo(forecast.sa().outboundSpi());
            assertThat(forecast(gateway, packet).sa().nextSequence())
                    .isEqualTo(forecast.sa().nextSequence() + forecast.packets());
        }
    }

    @Test
    void namesSaMtuAndSegmentSizeOfTheTunnel() {
        MemoryGateway gateway = new MemoryGateway();
        gateway.child(1, 1001);
        gateway.activate(1);
        PathForecast forecast = forecast(gateway, TestPackets.syn("10.1.0.10", "10.2.0.10", 1460));
        assertThat(forecast.passes()).isTrue();
        assertThat(forecast.choice()).isEqualTo(PathForecast.Choice.ACTIVE);
        assertThat(forecast.sa()).isEqualTo(new PathForecast.Sa(1001, 1001, 1, false));
        assertThat(forecast.innerMtuBytes()).isEqualTo(1438);
        assertThat(forecast.mssBytes()).isEqualTo(1398);
    }

    @Test
    void seesTheDrillOnThePath() {
        MemoryGateway gateway = new MemoryGateway();
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.dataPlane.impair(1, new Impairment(1, 0, 0, 0, 0));
        assertThat(forecast(gateway, TestPackets.udp("10.1.0.10", "10.2.0.10", 100, true))
                        .sa()
                        .drill())
                .isTrue();
    }

    private static MemoryGateway gateway(Case it) {
        MemoryGateway gateway = MemoryGateway.with(it.df());
        List<TrafficSelector> any = List.of(
                TrafficSelector.ofPrefix(IpPrefix.parse("0.0.0.0/0")),
                TrafficSelector.ofPrefix(IpPrefix.parse("::/0")));
        List<TrafficSelector> some = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("10.2.0.0/24")));
        for (int tunnel : it.withSa()) {
            gateway.child(tunnel, TestKeys.aead(1_000 + tunnel, any, it.narrow() ? some : any));
            gateway.dataPlane.setUplinkMtu(tunnel, it.uplink());
        }
        gateway.dataPlane.setForwarding(new Forwarding(it.active()), at -> {});
        return gateway;
    }

    private static PathForecast forecast(MemoryGateway gateway, byte[] packet) {
        List<PathForecast> result = new ArrayList<>();
        gateway.dataPlane.foretell(packet, result::add);
        return result.getFirst();
    }

    /** Of the connection and its tunnels, those only that count lost packets. */
    private static Map<String, Long> drops(MemoryGateway gateway) {
        Map<String, Long> all = new TreeMap<>(gateway.dataPlane.drops());
        all.putAll(gateway.dataPlane.counters(1).drops());
        all.putAll(gateway.dataPlane.counters(2).drops());
        return all;
    }

    private static int spiOf(byte[] esp) {
        return java.nio.ByteBuffer.wrap(esp).getInt();
    }
}
