package io.twinspan.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NotifyMessageTest {
    @Test
    void aStoredDescriptorIsNeverPolledSinceAnIcmpErrorWouldThrowItOut() {
        assertThat(text(NotifyMessage.store("udp4500-192.0.2.1")))
                .isEqualTo("FDSTORE=1\nFDNAME=udp4500-192.0.2.1\nFDPOLL=0");
    }

    @Test
    void aNameThatSystemdWouldRefuseIsABug() {
        assertThatThrownBy(() -> NotifyMessage.store("udp500-fd00::1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NotifyMessage.remove("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NotifyMessage.store("a\nREADY=1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStatusIsOneLineWhateverIsInIt() {
        assertThat(text(NotifyMessage.status("2/2 tunnels up\nREADY=1"))).isEqualTo("STATUS=2/2 tunnels up READY=1");
        assertThat(text(NotifyMessage.ready("x".repeat(1_000))))
                .startsWith("READY=1\nSTATUS=xxx")
                .hasSizeLessThan(256);
    }

    @Test
    void theOthersAreAsSystemdSpellsThem() {
        assertThat(text(NotifyMessage.watchdog())).isEqualTo("WATCHDOG=1");
        assertThat(text(NotifyMessage.reloading(42))).isEqualTo("RELOADING=1\nMONOTONIC_USEC=42");
        assertThat(text(NotifyMessage.stopping("bye"))).isEqualTo("STOPPING=1\nSTATUS=bye");
        assertThat(text(NotifyMessage.remove("sa-state"))).isEqualTo("FDSTOREREMOVE=1\nFDNAME=sa-state");
    }

    private static String text(byte[] message) {
        return new String(message, UTF_8);
    }
}
