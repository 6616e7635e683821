package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.engine.CipherFamily;
import io.twinspan.crypto.engine.CipherSpeed;
import io.twinspan.crypto.engine.EngineName;
import io.twinspan.crypto.engine.EngineReport;
import io.twinspan.crypto.engine.EngineWish;
import io.twinspan.crypto.engine.FamilyChoice;
import io.twinspan.crypto.engine.PassedOver;
import io.twinspan.daemon.observe.GatewayEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CryptoEnginesTest {
    private static final EngineName JDK = new EngineName("jdk", "25", "");
    private static final EngineName NATIVE = new EngineName("ipsec-mb", "1.3.0", "avx_gen4");

    private static EngineReport report(EngineName gcm, PassedOver other) {
        return new EngineReport(
                EngineWish.AUTO,
                List.of(
                        new FamilyChoice(CipherFamily.AES_GCM, gcm, CipherSpeed.UNMEASURED, List.of(other)),
                        new FamilyChoice(CipherFamily.AES_CBC, JDK, CipherSpeed.UNMEASURED, List.of())));
    }

    @Test
    void theJournalTellsEachFamilysEngine() {
        GatewayEvent event = CryptoEngines.event(report(NATIVE, new PassedOver(JDK, CipherSpeed.UNMEASURED, "slower")));
        assertThat(event.type()).isEqualTo("crypto.engine");
        assertThat(event.message()).isEqualTo("AES-GCM by ipsec-mb 1.3.0 avx_gen4");
        assertThat(event.fields())
                .containsEntry("aes-gcm", "ipsec-mb 1.3.0 avx_gen4")
                .containsEntry("aes-cbc", "jdk 25")
                .containsEntry("wish", "auto");
    }

    @Test
    void theJournalTellsWhyTheNativeEngineIsMissing() {
        PassedOver absent = new PassedOver(
                new EngineName("ipsec-mb", "", ""), CipherSpeed.UNMEASURED, "the library cannot be loaded");
        assertThat(CryptoEngines.event(report(JDK, absent)).message())
                .isEqualTo("AES-GCM by jdk 25, not by ipsec-mb: the library cannot be loaded");
    }
}
