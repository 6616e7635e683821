package io.twinspan.daemon.http;

import io.twinspan.daemon.diagnosis.CaptureFollower;
import io.twinspan.daemon.diagnosis.CapturedPacket;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/** Sends captured packets, a line of JSON for each. Called on the capture's thread. */
final class CaptureStream implements CaptureFollower {
    static final String SCHEMA = "twinspan.capture/1";

    private final ApiStream stream;

    CaptureStream(ApiStream stream) {
        this.stream = stream;
    }

    @Override
    public void packet(CapturedPacket packet) {
        Instant at = packet.at();
        long seconds = at.getEpochSecond();
        int nanos = at.getNano();
        stream.send(new JsonWriter()
                        .beginObject()
                        .member("seconds", seconds)
                        .member("nanos", nanos)
                        .member("layer", packet.inner() ? "inner" : "outer")
                        .member("direction", packet.outbound() ? "out" : "in")
                        .memberOrNull(
                                "spi", packet.spi() == 0 ? "" : String.format(Locale.ROOT, "0x%08x", packet.spi()))
                        .member("length", packet.length())
                        .member("octets", Base64.getEncoder().encodeToString(packet.octets()))
                        .endObject()
                + "\n");
    }

    @Override
    public void finished(long packets, long dropped) {
        stream.send(new JsonWriter()
                        .beginObject()
                        .member("schema", SCHEMA)
                        .member("packets", packets)
                        .member("dropped", dropped)
                        .endObject()
                + "\n");
        stream.end();
    }
}
