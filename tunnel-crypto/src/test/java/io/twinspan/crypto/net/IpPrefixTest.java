package io.twinspan.crypto.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type as an address. */
final class IpPrefixTest {
    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "0.0.0.0", "2001:db8::1", "::", "::ffff:192.0.2.1", "2001:DB8::192.0.2.1"})
    void anAddressIsFourNumbersOrHasColons(String text) {
        assertThat(IpPrefix.parseAddress(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1",
                "1.2.3",
                "16909060",
                "0x7f.1.1.1",
                "1.2.3.256",
                "[::1]",
                "fe80::1%lo",
                "host",
                "",
                ":",
                "1.2.3.4 "
            })
    void whatOtherProgramsGuessIsRefused(String text) {
        assertThatThrownBy(() -> IpPrefix.parseAddress(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not an IPv4 or IPv6 address");
    }
}
