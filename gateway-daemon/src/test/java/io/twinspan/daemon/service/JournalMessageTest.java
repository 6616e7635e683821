package io.twinspan.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JournalMessageTest {
    @Test
    void anEventHasItsFields() {
        GatewayEvent event = GatewayEvent.of(Severity.WARN, "tunnel.down", "prod", 2, "the peer is silent")
                .with("round-trip", "8.1 ms");
        assertThat(text(event).lines())
                .containsExactly(
                        "MESSAGE=prod/2: the peer is silent",
                        "MESSAGE_ID=" + JournalMessage.messageId("tunnel.down"),
                        "PRIORITY=4",
                        "SYSLOG_IDENTIFIER=twinspan",
                        "TWINSPAN_EVENT=tunnel.down",
                        "TWINSPAN_CONNECTION=prod",
                        "TWINSPAN_TUNNEL=2",
                        "TWINSPAN_ROUND_TRIP=8.1 ms");
    }

    @Test
    void theGatewayItselfHasNeitherConnectionNorTunnel() {
        assertThat(text(GatewayEvent.of(Severity.INFO, "gateway.started", "", 0, "the gateway runs")))
                .contains("MESSAGE=the gateway runs\n")
                .doesNotContain("TWINSPAN_CONNECTION")
                .doesNotContain("TWINSPAN_TUNNEL");
    }

    /** Written down so that nobody changes how ids are made: operators' rules and saved queries hang on them. */
    @Test
    void theIdOfATypeIsForEver() {
        assertThat(JournalMessage.messageId("tunnel.up")).isEqualTo("19e49eb9ca6036f6aebb9c239080a0f2");
        assertThat(JournalMessage.messageId("tunnel.down")).isNotEqualTo(JournalMessage.messageId("tunnel.up"));
    }

    @Property
    void noTextMakesASecondFieldOfItself(@ForAll String hostile) {
        GatewayEvent event =
                GatewayEvent.of(Severity.INFO, "tunnel.up", "prod", 1, hostile).with("reason", hostile);
        assertThat(text(event).split("\n")).hasSize(8).allMatch(line -> line.matches("[A-Z][A-Z0-9_]*=.*"));
    }

    private static String text(GatewayEvent event) {
        return new String(JournalMessage.of(event), UTF_8);
    }
}
