package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.PacketHeader;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.PcapngWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What the flight recorder kept of the minutes before a fail-over and the seconds after it.
 *
 * @param connection name of the connection
 * @param move the fail-over
 * @param events of the connection and of the gateway, oldest first
 * @param samples of its tunnels, oldest first
 * @param headers of inner packets, oldest first
 * @param clock turns their instants into wall time
 */
public record FlightRecord(
        String connection,
        SwitchRecord move,
        List<JournalEntry> events,
        List<PathSample> samples,
        List<PacketHeader> headers,
        SnapshotClock clock) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public FlightRecord {
        events = List.copyOf(events);
        samples = List.copyOf(samples);
        headers = List.copyOf(headers);
    }

    /** Names the record: when, and of what connection. */
    public String name() {
        return NAME.format(move.at()) + "-" + connection;
    }

    /** The packet headers as pcapng, each tunnel an interface. */
    public byte[] pcapng() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PcapngWriter writer = new PcapngWriter(out, "inner packets of " + connection + ", headers only");
            writer.addInterface(connection + "/refused");
            for (int tunnel = 1; tunnel <= ConnectionPlan.MAX_TUNNELS; tunnel++) {
                writer.addInterface(connection + "/" + tunnel);
            }
            for (PacketHeader header : headers) {
                writer.packet(
                        header.tunnel(),
                        clock.wallTimeOf(header.atNanos()),
                        header.outbound(),
                        header.packetOctets(),
                        header.octets());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
