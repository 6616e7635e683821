package io.twinspan.daemon.control;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.failover.Flaps;
import io.twinspan.daemon.failover.TunnelStanding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a connection's traffic was, and which tunnels operators had taken down or brought up, for the next process: a restart
 * is no reason to move traffic or to forget an order.
 *
 * @param failover standings and choice
 * @param pinEndsNanos when the operator's choice is over; {@link Deadline#NEVER} for no such time
 * @param orders of every tunnel by number
 */
record ConnectionNotes(FailoverState failover, long pinEndsNanos, Map<Integer, Order> orders) {
    private static final int FORMAT = 2;
    private static final int MAX_TUNNELS = 8;
    private static final int UNUSABLE = 0;
    private static final int SILENT = 1;
    private static final int HELD_DOWN = 2;
    private static final int READY = 3;

    ConnectionNotes {
        orders = Map.copyOf(orders);
    }

    /**
     * What is wanted of a tunnel.
     *
     * @param configured what the configuration said; an order is void where it says something else now
     * @param wanted what was true, by configuration or order
     * @param reason of a tunnel that is not wanted
     */
    record Order(boolean configured, boolean wanted, String reason) {}

    /** As octets; instants as differences from now. */
    byte[] encode(long nowNanos) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeInt(FORMAT);
            out.writeInt(failover.carrying().size());
            for (int tunnel : failover.carrying()) {
                out.writeInt(tunnel);
            }
            out.writeInt(failover.pinned());
            out.writeLong(pinEndsNanos == Deadline.NEVER ? Deadline.NEVER : pinEndsNanos - nowNanos);
            out.writeInt(failover.peerSends());
            out.writeInt(orders.size());
            for (Map.Entry<Integer, Order> entry : orders.entrySet()) {
                out.writeInt(entry.getKey());
                out.writeBoolean(entry.getValue().configured());
                out.writeBoolean(entry.getValue().wanted());
                out.writeUTF(entry.getValue().reason());
                write(out, failover.standing(entry.getKey()), nowNanos);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /** Empty where the octets are not of this format. */
    static Optional<ConnectionNotes> decode(byte[] octets, long writtenNanos) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            return in.readInt() == FORMAT ? Optional.of(read(in, writtenNanos)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ConnectionNotes read(DataInputStream in, long writtenNanos) throws IOException {
        List<Integer> carrying = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            carrying.add(in.readInt());
        }
        int pinned = in.readInt();
        long pinLeft = in.readLong();
        long pinEnds = pinLeft == Deadline.NEVER ? Deadline.NEVER : writtenNanos + pinLeft;
        int peerSends = in.readInt();
        Map<Integer, Order> orders = new HashMap<>();
        Map<Integer, TunnelStanding> standings = new HashMap<>();
        for (int left = count(in); left > 0; left--) {
            int tunnel = in.readInt();
            orders.put(tunnel, new Order(in.readBoolean(), in.readBoolean(), in.readUTF()));
            standings.put(tunnel, standing(in, writtenNanos));
        }
        return new ConnectionNotes(new FailoverState(carrying, pinned, peerSends, standings), pinEnds, orders);
    }

    private static void write(DataOutputStream out, TunnelStanding standing, long nowNanos) throws IOException {
        switch (standing) {
            case TunnelStanding.Unusable _ -> out.writeInt(UNUSABLE);
            case TunnelStanding.Silent _ -> out.writeInt(SILENT);
            case TunnelStanding.HeldDown(long untilNanos, boolean lossy, Flaps _) -> {
                out.writeInt(HELD_DOWN);
                out.writeLong(untilNanos == Deadline.NEVER ? Deadline.NEVER : untilNanos - nowNanos);
                out.writeBoolean(lossy);
            }
            case TunnelStanding.Ready(long sinceNanos, boolean lossy, Flaps _) -> {
                out.writeInt(READY);
                out.writeLong(sinceNanos - nowNanos);
                out.writeBoolean(lossy);
            }
        }
        out.writeInt(standing.flaps().losses());
        out.writeLong(standing.flaps().lastNanos() - nowNanos);
    }

    private static TunnelStanding standing(DataInputStream in, long writtenNanos) throws IOException {
        int kind = in.readInt();
        long difference = kind >= HELD_DOWN ? in.readLong() : 0;
        boolean lossy = kind >= HELD_DOWN && in.readBoolean();
        int losses = in.readInt();
        long lastLost = writtenNanos + in.readLong();
        Flaps flaps = losses == 0 ? Flaps.NONE : new Flaps(losses, lastLost);
        return switch (kind) {
            case UNUSABLE -> new TunnelStanding.Unusable(flaps);
            case SILENT -> new TunnelStanding.Silent(flaps);
            case HELD_DOWN -> new TunnelStanding.HeldDown(writtenNanos + difference, lossy, flaps);
            case READY -> new TunnelStanding.Ready(writtenNanos + difference, lossy, flaps);
            default -> throw new IOException("no standing of kind " + kind);
        };
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_TUNNELS) {
            throw new IOException("a count of " + count);
        }
        return count;
    }
}
