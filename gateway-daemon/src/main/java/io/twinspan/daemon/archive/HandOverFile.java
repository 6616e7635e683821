package io.twinspan.daemon.archive;

import io.twinspan.daemon.drill.BootInstant;
import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.ProbeTrace;
import io.twinspan.daemon.drill.TrafficLook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a drill leaves to the next process, as octets: magic with the version of the layout, content, CRC-32C. Whatever else
 * lies there instead, it is no record, and nothing is thrown.
 */
final class HandOverFile {
    /** Longer than any record: nobody reads more. */
    static final int MAX_OCTETS = 8 << 20;

    /** "TWDRILL" and the version. */
    private static final long MAGIC = 0x5457_4452_494c_4c01L;

    private static final int CHECKSUM_OCTETS = Long.BYTES;
    private static final int MAX_PROBES = 100_000;
    private static final int MAX_LOOKS = 10_000;
    private static final int MAX_MOMENTS = 1_000;
    private static final int MAX_TUNNELS = 4_096;
    private static final int MAX_SPIS = 1_024;
    private static final int UNKNOWN = -1;

    /** No instant of a drill is farther from another one: a day. */
    private static final long MAX_DISTANCE_NANOS = 86_400_000_000_000L;

    private HandOverFile() {}

    static byte[] write(DrillHandOver left) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeLong(MAGIC);
            out.writeUTF(left.id());
            write(out, left.plan());
            out.writeUTF(left.startedAt().toString());
            out.writeUTF(left.writtenAt().boot());
            out.writeLong(left.writtenAt().nanos());
            out.writeLong(left.beginNanos());
            writeProbes(out, left.toPeer());
            writeProbes(out, left.toTarget());
            writeLooks(out, left.traffic());
            writeMoments(out, left.timeline());
            writeSpis(out, left.spis());
            writeConnections(out, left.connections());
            out.writeLong(checksum(octets.toByteArray(), octets.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /** Empty for anything but what {@link #write} has made. */
    static Optional<DrillHandOver> read(byte[] octets) {
        int content = octets.length - CHECKSUM_OCTETS;
        if (content < Long.BYTES
                || octets.length > MAX_OCTETS
                || ByteBuffer.wrap(octets).getLong(content) != checksum(octets, content)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets, 0, content))) {
            Optional<DrillHandOver> left = in.readLong() == MAGIC ? Optional.of(read(in)) : Optional.empty();
            return in.read() < 0 ? left : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long checksum(byte[] octets, int length) {
        CRC32C sum = new CRC32C();
        sum.update(octets, 0, length);
        return sum.getValue();
    }

    private static DrillHandOver read(DataInputStream in) throws IOException {
        String id = in.readUTF();
        require(id.matches(DrillFolder.ID));
        return new DrillHandOver(
                id,
                readPlan(in),
                Instant.parse(in.readUTF()),
                new BootInstant(in.readUTF(), in.readLong()),
                readDistance(in),
                readProbes(in),
                readProbes(in),
                readLooks(in),
                readMoments(in),
                readSpis(in),
                readConnections(in));
    }

    private static void write(DataOutputStream out, DrillPlan plan) throws IOException {
        DrillOrder order = plan.order();
        out.writeUTF(order.scenario().text());
        out.writeUTF(order.connection());
        out.writeInt(order.tunnel());
        out.writeLong(order.durationNanos());
        out.writeLong(order.limitNanos());
        out.writeInt(order.probesPerSecond());
        out.writeUTF(order.target());
        out.writeInt(plan.tunnel());
        out.writeInt(plan.other());
        out.writeBoolean(plan.wasActive());
    }

    private static DrillPlan readPlan(DataInputStream in) throws IOException {
        DrillScenario scenario = DrillCatalogue.parse(in.readUTF())
                .filter(DrillScenario.DaemonRestart.class::isInstance)
                .orElseThrow(() -> new IOException("no restart"));
        DrillOrder order = new DrillOrder(
                scenario, in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readInt(), in.readUTF());
        DrillPlan plan = new DrillPlan(order, in.readInt(), in.readInt(), in.readBoolean());
        requireWithin(order.durationNanos(), DrillOrder.MIN_DURATION_NANOS, DrillOrder.MAX_DURATION_NANOS);
        requireWithin(order.limitNanos(), DrillOrder.MIN_LIMIT_NANOS, DrillOrder.MAX_DURATION_NANOS);
        requireWithin(order.probesPerSecond(), DrillOrder.MIN_RATE, DrillOrder.MAX_RATE);
        requireWithin(plan.tunnel(), 1, 2);
        requireWithin(plan.other(), 1, 2);
        require(plan.tunnel() != plan.other());
        return plan;
    }

    private static void writeProbes(DataOutputStream out, List<ProbeTrace> probes) throws IOException {
        out.writeInt(probes.size());
        for (ProbeTrace probe : probes) {
            out.writeInt(probe.number());
            out.writeByte(probe.tunnel());
            out.writeLong(probe.sentNanos());
            out.writeLong(probe.answeredNanos());
        }
    }

    private static List<ProbeTrace> readProbes(DataInputStream in) throws IOException {
        List<ProbeTrace> probes = new ArrayList<>();
        int next = 0;
        for (int left = count(in, MAX_PROBES); left > 0; left--) {
            ProbeTrace probe = new ProbeTrace(in.readInt(), in.readByte(), readDistance(in), in.readLong());
            requireWithin(probe.number(), next, MAX_PROBES);
            requireWithin(probe.tunnel(), 0, 2);
            require(probe.answeredNanos() == ProbeTrace.NEVER || isDistance(probe.answeredNanos()));
            next = probe.number() + 1;
            probes.add(probe);
        }
        return probes;
    }

    private static void writeLooks(DataOutputStream out, List<TrafficLook> looks) throws IOException {
        out.writeInt(looks.size());
        for (TrafficLook look : looks) {
            out.writeLong(look.atNanos());
            out.writeLong(look.in1());
            out.writeLong(look.out1());
            out.writeLong(look.in2());
            out.writeLong(look.out2());
        }
    }

    private static List<TrafficLook> readLooks(DataInputStream in) throws IOException {
        List<TrafficLook> looks = new ArrayList<>();
        for (int left = count(in, MAX_LOOKS); left > 0; left--) {
            looks.add(new TrafficLook(readDistance(in), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return looks;
    }

    private static void writeMoments(DataOutputStream out, List<DrillMoment> moments) throws IOException {
        out.writeInt(moments.size());
        for (DrillMoment moment : moments) {
            out.writeLong(moment.atNanos());
            out.writeInt(moment.tunnel());
            out.writeUTF(moment.text());
        }
    }

    private static List<DrillMoment> readMoments(DataInputStream in) throws IOException {
        List<DrillMoment> moments = new ArrayList<>();
        for (int left = count(in, MAX_MOMENTS); left > 0; left--) {
            DrillMoment moment = new DrillMoment(readDistance(in), in.readInt(), in.readUTF());
            requireWithin(moment.tunnel(), 0, 2);
            moments.add(moment);
        }
        return moments;
    }

    private static void writeSpis(DataOutputStream out, SortedMap<String, SortedSet<String>> spis) throws IOException {
        out.writeInt(spis.size());
        for (var entry : spis.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (String spi : entry.getValue()) {
                out.writeUTF(spi);
            }
        }
    }

    private static SortedMap<String, SortedSet<String>> readSpis(DataInputStream in) throws IOException {
        SortedMap<String, SortedSet<String>> spis = new TreeMap<>();
        for (int left = count(in, MAX_TUNNELS); left > 0; left--) {
            String tunnel = in.readUTF();
            SortedSet<String> of = new TreeSet<>();
            for (int more = count(in, MAX_SPIS); more > 0; more--) {
                of.add(in.readUTF());
            }
            spis.put(tunnel, of);
        }
        return spis;
    }

    private static void writeConnections(DataOutputStream out, @Nullable Set<String> connections) throws IOException {
        out.writeInt(connections == null ? UNKNOWN : connections.size());
        if (connections != null) {
            for (String connection : connections) {
                out.writeUTF(connection);
            }
        }
    }

    private static @Nullable Set<String> readConnections(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size == UNKNOWN) {
            return null;
        }
        requireWithin(size, 0, DrillHandOver.MAX_CONNECTIONS);
        Set<String> connections = new TreeSet<>();
        for (int left = size; left > 0; left--) {
            connections.add(in.readUTF());
        }
        return connections;
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        requireWithin(count, 0, most);
        return count;
    }

    private static long readDistance(DataInputStream in) throws IOException {
        long distance = in.readLong();
        require(isDistance(distance));
        return distance;
    }

    private static boolean isDistance(long nanos) {
        return nanos >= -MAX_DISTANCE_NANOS && nanos <= MAX_DISTANCE_NANOS;
    }

    private static void requireWithin(long value, long smallest, long largest) throws IOException {
        require(value >= smallest && value <= largest);
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("no record of a drill");
        }
    }
}
