package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final int FIRST_SPI = 256;
    private static final InboundTunnel TUNNEL = new InboundTunnel(
            new TunnelPlan(1, MemoryGateway.address("169.254.1.2"), MemoryGateway.address("169.254.1.1")),
            new ConnectionPlan("test", List.of(), List.of(), 1500, List.of()),
            new HostDelivery((array, from, length) -> true, new DropCounters()),
            new DataCounters(),
            event -> {},
            new ProbeFormat(1));

    private static InboundChild child(int spi) {
        EspSaParameters parameters = TestKeys.aead(spi);
        return new InboundChild(
                TUNNEL,
                new InboundSa(parameters, PacketCipherEngine.jdk()),
                parameters.keys(),
                parameters.suite(),
                MemoryGateway.UDP_PATH,
                MemoryGateway.UPLINK_MTU,
                () -> {});
    }

    @Property(tries = 50)
    void sadTableAgreesWithAMap(@ForAll @Size(max = 300) List<@IntRange(max = 150) Integer> operations) {
        SadTable table = new SadTable();
        Map<Integer, InboundChild> model = new HashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            int spi = FIRST_SPI + operations.get(i);
            if (i % 3 == 2) {
                assertThat(table.remove(spi)).isSameAs(model.remove(spi));
            } else {
                InboundChild child = child(spi);
                table.put(child);
                model.put(spi, child);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        for (int spi = FIRST_SPI; spi <= FIRST_SPI + 150; spi++) {
            assertThat(table.find(spi)).isSameAs(model.get(spi));
        }
    }

    @Property
    void prefixSetAgreesWithThePrefixes(
            @ForAll int network, @ForAll @IntRange(max = 32) int length, @ForAll int address) {
        IpPrefix prefix = IpPrefix.of(IpAddressKey.toAddress(0, IpAddressKey.ofIpv4(network)), length);
        PrefixSet set = new PrefixSet(List.of(prefix));
        for (int candidate : new int[] {address, network, network ^ 1, network ^ (1 << (31 - Math.min(31, length)))}) {
            long low = IpAddressKey.ofIpv4(candidate);
            assertThat(set.contains(0, low)).isEqualTo(prefix.contains(IpAddressKey.toAddress(0, low)));
        }
    }

    @Test
    void defaultPrefixesDoNotMixFamilies() {
        IpAddressKey ipv4 = IpAddressKey.of(MemoryGateway.address("10.0.0.1"));
        IpAddressKey ipv6 = IpAddressKey.of(MemoryGateway.address("fd00::1"));
        PrefixSet allIpv6 = new PrefixSet(List.of(IpPrefix.parse("::/0")));
        PrefixSet allIpv4 = new PrefixSet(List.of(IpPrefix.parse("0.0.0.0/0")));
        assertThat(allIpv6.contains(ipv4.high(), ipv4.low())).isFalse();
        assertThat(allIpv6.contains(ipv6.high(), ipv6.low())).isTrue();
        assertThat(allIpv4.contains(ipv6.high(), ipv6.low())).isFalse();
        assertThat(allIpv4.contains(ipv4.high(), ipv4.low())).isTrue();
    }

    @Test
    void rateLimitGivesItsRateAfterItsBurst() {
        RateLimit limit = new RateLimit(10, 5);
        int allowed = 0;
        for (long now = 0; now < 10_000_000_000L; now += 1_000_000L) {
            allowed += limit.allow(now) ? 1 : 0;
        }
        assertThat(allowed).isBetween(100, 105);
    }
}
