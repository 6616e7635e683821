package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SelectorSetTest {
    private static final int UDP = 17;
    private static final int TCP = 6;

    private static InnerHeader read(byte[] packet) {
        InnerHeader inner = new InnerHeader();
        assertThat(inner.read(packet, 0, packet.length)).isTrue();
        inner.readUpperLayer(packet, 0);
        return inner;
    }

    private static SelectorSet only(int protocol, int startPort, int endPort, String prefix) {
        TrafficSelector any = TrafficSelector.ofPrefix(IpPrefix.parse(prefix));
        return new SelectorSet(List.of(new TrafficSelector(protocol, startPort, endPort, any.first(), any.last())));
    }

    @Property(tries = 500)
    void agreesWithTheSelectorItself(
            @ForAll @Size(4) byte[] first, @ForAll @Size(4) byte[] last, @ForAll @Size(4) byte[] address)
            throws UnknownHostException {
        boolean swap = java.util.Arrays.compareUnsigned(first, last) > 0;
        TrafficSelector selector = new TrafficSelector(
                0,
                0,
                65_535,
                InetAddress.getByAddress(swap ? last : first),
                InetAddress.getByAddress(swap ? first : last));
        long low = EspLayout.getInt(address, 0) & 0xffff_ffffL;
        assertThat(new SelectorSet(List.of(selector)).allows(false, 0, low, 0, -1))
                .isEqualTo(selector.containsAddress(InetAddress.getByAddress(address)));
    }

    @Property(tries = 500)
    void agreesWithTheSelectorItselfForIpv6(
            @ForAll @Size(16) byte[] first, @ForAll @Size(16) byte[] last, @ForAll @Size(16) byte[] address)
            throws UnknownHostException {
        boolean swap = java.util.Arrays.compareUnsigned(first, last) > 0;
        TrafficSelector selector = new TrafficSelector(
                0,
                0,
                65_535,
                InetAddress.getByAddress(swap ? last : first),
                InetAddress.getByAddress(swap ? first : last));
        assertThat(new SelectorSet(List.of(selector))
                        .allows(true, EspLayout.getLong(address, 0), EspLayout.getLong(address, 8), 0, -1))
                .isEqualTo(java.util.Arrays.compareUnsigned(selector.first().getAddress(), address) <= 0
                        && java.util.Arrays.compareUnsigned(
                                        address, selector.last().getAddress())
                                <= 0);
    }

    @Test
    void protocolAndPortsOfASelectorCount() {
        for (byte[] packet : new byte[][] {EspFixture.ipv4(60, 0), EspFixture.ipv6(60, 0)}) {
            InnerHeader inner = read(packet);
            String all = inner.isIpv6() ? "::/0" : "0.0.0.0/0";
            assertThat(inner.sourceIn(only(UDP, 0, 65_535, all))).isTrue();
            assertThat(inner.sourceIn(only(TCP, 0, 65_535, all))).isFalse();
            assertThat(inner.sourceIn(only(UDP, 4000, 4000, all))).isTrue();
            assertThat(inner.sourceIn(only(UDP, 4001, 65_535, all))).isFalse();
            assertThat(inner.destinationIn(only(UDP, 5000, 5001, all))).isTrue();
            assertThat(inner.destinationIn(only(0, 0, 4999, all))).isFalse();
        }
    }

    @Test
    void aPortThatCannotBeSeenMatchesOnlyAnyAndOpaque() {
        byte[] fragment = EspFixture.ipv4(60, 0);
        EspFixture.putShort(fragment, 6, 100);
        InnerHeader inner = read(fragment);
        assertThat(inner.sourceIn(only(UDP, 0, 65_535, "0.0.0.0/0"))).isTrue();
        assertThat(inner.sourceIn(only(UDP, 65_535, 0, "0.0.0.0/0"))).isTrue();
        assertThat(inner.sourceIn(only(UDP, 1, 65_535, "0.0.0.0/0"))).isFalse();
    }

    @Test
    void icmpTypeAndCodeStandForThePort() {
        byte[] echo = EspFixture.ipv4(60, 0);
        echo[9] = 1;
        echo[20] = 8;
        echo[21] = 0;
        assertThat(read(echo).destinationIn(only(1, 8 << 8, 8 << 8 | 255, "0.0.0.0/0")))
                .isTrue();
        assertThat(read(echo).destinationIn(only(1, 3 << 8, 3 << 8 | 255, "0.0.0.0/0")))
                .isFalse();
    }

    @Test
    void ipv6ExtensionHeadersAreSteppedOver() {
        byte[] packet = EspFixture.ipv6(100, 0);
        packet[6] = 0;
        EspLayout.putInt(packet, 40, 60 << 24);
        EspLayout.putInt(packet, 48, 44 << 24 | 1 << 16);
        EspLayout.putInt(packet, 64, UDP << 24);
        EspLayout.putInt(packet, 72, 7 << 16 | 9);
        assertThat(read(packet).sourceIn(only(UDP, 7, 7, "::/0"))).isTrue();
        EspFixture.putShort(packet, 66, 8);
        assertThat(read(packet).sourceIn(only(UDP, 7, 7, "::/0"))).isFalse();
        assertThat(read(packet).sourceIn(only(0, 0, 65_535, "::/0"))).isTrue();
    }

    @Test
    void anExtensionHeaderThatRunsOutOfThePacketHidesThePort() {
        byte[] packet = EspFixture.ipv6(56, 0);
        packet[6] = 0;
        EspLayout.putInt(packet, 40, UDP << 24 | 255 << 16);
        assertThat(read(packet).sourceIn(only(UDP, 1, 65_535, "::/0"))).isFalse();
        assertThat(read(packet).sourceIn(only(0, 0, 65_535, "::/0"))).isTrue();
    }

    @Test
    void aWholeFamilyIsNothingOfTheOther() {
        SelectorSet everyIpv4 = only(0, 0, 65_535, "0.0.0.0/0");
        SelectorSet everyIpv6 = only(0, 0, 65_535, "::/0");
        assertThat(read(EspFixture.ipv4(60, 0)).sourceIn(everyIpv4)).isTrue();
        assertThat(read(EspFixture.ipv6(60, 0)).sourceIn(everyIpv4)).isFalse();
        assertThat(read(EspFixture.ipv6(60, 0)).sourceIn(everyIpv6)).isTrue();
        assertThat(read(EspFixture.ipv4(60, 0)).sourceIn(everyIpv6)).isFalse();
    }

    @Test
    void aFamilyWithoutItsFirstOrLastAddressIsNotWhole() throws UnknownHostException {
        InetAddress first = InetAddress.getByName("0.0.0.0");
        InetAddress last = InetAddress.getByName("255.255.255.255");
        TrafficSelector withoutFirst = new TrafficSelector(0, 0, 65_535, InetAddress.getByName("0.0.0.1"), last);
        TrafficSelector withoutLast =
                new TrafficSelector(0, 0, 65_535, first, InetAddress.getByName("255.255.255.254"));
        assertThat(new SelectorSet(List.of(withoutFirst)).allows(false, 0, 0, 0, -1))
                .isFalse();
        assertThat(new SelectorSet(List.of(withoutLast)).allows(false, 0, 0xffff_ffffL, 0, -1))
                .isFalse();
        assertThat(new SelectorSet(List.of(withoutFirst, withoutLast)).allows(false, 0, 0, 0, -1))
                .isTrue();
    }

    @Test
    void anEmptySetAllowsNothing() {
        assertThat(read(EspFixture.ipv4(60, 0)).sourceIn(new SelectorSet(List.of())))
                .isFalse();
    }
}
