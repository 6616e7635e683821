package io.twinspan.daemon.http;

import io.twinspan.crypto.engine.CipherSpeed;
import io.twinspan.crypto.engine.EngineName;
import io.twinspan.crypto.engine.EngineReport;
import io.twinspan.crypto.engine.FamilyChoice;

/** The member {@code crypto} of the status: which engines were taken at start, and why not the others. */
final class EnginesJson {
    private EnginesJson() {}

    static void write(JsonWriter json, EngineReport report) {
        json.name("crypto").beginObject().member("wish", report.wish().label());
        json.name("ciphers").beginArray();
        report.families().forEach(choice -> family(json, choice));
        json.endArray().endObject();
    }

    private static void family(JsonWriter json, FamilyChoice choice) {
        json.beginObject().member("cipher", choice.family().label());
        engine(json, choice.engine(), choice.speed());
        json.name("others").beginArray();
        choice.others().forEach(other -> {
            json.beginObject();
            engine(json, other.engine(), other.speed());
            json.member("reason", other.reason()).endObject();
        });
        json.endArray().endObject();
    }

    private static void engine(JsonWriter json, EngineName engine, CipherSpeed speed) {
        json.member("engine", engine.name())
                .memberOrNull("version", engine.version())
                .memberOrNull("flavour", engine.flavour())
                .memberOrNull("sealMegabitsPerSecond", speed.sealMegabitsPerSecond())
                .memberOrNull("openMegabitsPerSecond", speed.openMegabitsPerSecond());
    }
}
