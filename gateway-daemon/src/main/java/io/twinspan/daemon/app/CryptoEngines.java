package io.twinspan.daemon.app;

import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.crypto.engine.CipherFamily;
import io.twinspan.crypto.engine.EngineChoice;
import io.twinspan.crypto.engine.EngineChooser;
import io.twinspan.crypto.engine.EngineReport;
import io.twinspan.crypto.engine.EngineUnavailableException;
import io.twinspan.crypto.engine.EngineWish;
import io.twinspan.crypto.engine.FamilyChoice;
import io.twinspan.crypto.engine.PassedOver;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;

/** What seals and opens packets: as the configuration wants it, of what this host has. */
final class CryptoEngines {
    private CryptoEngines() {}

    /** Tests and times the engines; takes some tens of milliseconds. */
    static EngineChoice choose(DataPlaneConfig config) {
        EngineWish wish = switch (config.cryptoEngine()) {
            case AUTO -> EngineWish.AUTO;
            case JDK -> EngineWish.JDK;
            case IPSEC_MB -> EngineWish.IPSEC_MB;
        };
        try {
            return EngineChooser.ofThisHost(System::nanoTime).choose(wish);
        } catch (EngineUnavailableException e) {
            throw StartupException.invalidConfiguration(String.valueOf(e.getMessage()), e.hint());
        }
    }

    /** What was chosen, for the journal. */
    static GatewayEvent event(EngineReport report) {
        FamilyChoice gcm = report.of(CipherFamily.AES_GCM);
        String message = "AES-GCM by " + gcm.engine();
        if (gcm.engine().name().equals(EngineWish.JDK.label()) && !gcm.others().isEmpty()) {
            PassedOver other = gcm.others().getFirst();
            message += ", not by " + other.engine() + ": " + other.reason();
        }
        GatewayEvent event = GatewayEvent.of(Severity.INFO, "crypto.engine", "", 0, message);
        for (FamilyChoice choice : report.families()) {
            event = event.with(choice.family().label(), choice.engine());
        }
        return event.with("wish", report.wish().label());
    }
}
