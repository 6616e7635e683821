package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import java.util.HexFormat;

/**
 * One direction of a child SA in a gateway's model SAD.
 *
 * @param keyFingerprint taken at installation, so that keys destroyed later still compare
 */
public record ModelSa(EspSaParameters parameters, EspPath path, String keyFingerprint) {
    static ModelSa of(EspSaParameters parameters, EspPath path) {
        HexFormat hex = HexFormat.of();
        String fingerprint = hex.formatHex(parameters.keys().encryption().expose()) + ":"
                + hex.formatHex(parameters.keys().integrity().expose());
        return new ModelSa(parameters, path, fingerprint);
    }

    ModelSa on(EspPath newPath) {
        return new ModelSa(parameters, newPath, keyFingerprint);
    }
}
