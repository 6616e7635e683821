package io.twinspan.daemon.lab;

import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.ReadinessWait;
import io.twinspan.daemon.sys.TunDevice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A lab's internet with distance, loss and narrow lines: each packet between gateway and AWS passes a device of ours, where
 * one thread holds it back, drops it or swallows it, for each tunnel and direction by rules that may change at any time. For
 * kernels that cannot do it themselves (netem), and without touching the gateway or its routes.
 *
 * <p>The internet node sends what comes in from both sides into the device by a rule of its own; what the thread writes back
 * comes in from the device and goes its usual way. Callable from any thread.
 */
public final class LabLink implements AutoCloseable {
    private static final String DEVICE = "link0";
    private static final String TABLE = "200";
    /** After the rules of {@link LabTopology#cut}. */
    private static final String PRIORITY = "200";

    private static final int PACKETS = 16_384;
    private static final int PACKET_OCTETS = 2_048;
    private static final int READS_IN_A_ROW = 64;
    private static final long LOOK_AROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV4_HEADER_OCTETS = 20;

    private final LabTopology topology;
    private final TunDevice device;
    private final List<Map<LinkDirection, LinkPath>> paths = new ArrayList<>();
    private final int[] endpoints;
    private final DelayLine line = new DelayLine(PACKETS, PACKET_OCTETS);
    private final byte[] spare = new byte[PACKET_OCTETS];
    private final Thread thread;
    private volatile boolean closed;

    private LabLink(LabTopology topology, TunDevice device, long seed) {
        this.topology = topology;
        this.device = device;
        SplittableRandom random = new SplittableRandom(seed);
        endpoints =
                LabTopology.ENDPOINTS.stream().mapToInt(LabLink::addressNumber).toArray();
        for (int i = 0; i < endpoints.length; i++) {
            Map<LinkDirection, LinkPath> both = new EnumMap<>(LinkDirection.class);
            for (LinkDirection direction : LinkDirection.values()) {
                both.put(direction, new LinkPath(random.split(), System.nanoTime()));
            }
            paths.add(both);
        }
        thread = topology.internet().start("lab-link", this::run);
    }

    /**
     * Puts the link in; at first it does nothing to packets.
     *
     * @param seed of the losses and the jitter
     */
    public static LabLink start(LabTopology topology, long seed) {
        LabNamespace internet = topology.internet();
        TunDevice device = internet.call(() -> TunDevice.open(DEVICE, false));
        LabLink link = new LabLink(topology, device, seed);
        internet.sysctl("net/ipv4/conf/all/rp_filter", "0");
        internet.sysctl("net/ipv4/conf/" + DEVICE + "/rp_filter", "0");
        internet.run("ip", "link", "set", DEVICE, "txqueuelen", "10000", "up");
        internet.run("ip", "route", "add", "default", "dev", DEVICE, "table", TABLE);
        link.rules("add");
        return link;
    }

    private void rules(String verb) {
        for (String from : List.of(topology.tapDevice(), "to-aws-1", "to-aws-2")) {
            topology.internet().run("ip", "rule", verb, "priority", PRIORITY, "iif", from, "lookup", TABLE);
        }
    }

    /** Sets what happens to the packets of tunnel 1 or 2 in one direction, from the next packet on. */
    public void impair(int tunnel, LinkDirection direction, LinkImpairment impairment) {
        path(tunnel, direction).impair(impairment);
    }

    /** Sets the same for both tunnels and directions. */
    public void impairAll(LinkImpairment impairment) {
        paths.forEach(both -> both.values().forEach(path -> path.impair(impairment)));
    }

    /** What is in force. */
    public LinkImpairment impairment(int tunnel, LinkDirection direction) {
        return path(tunnel, direction).impairment();
    }

    /** What happened so far. */
    public LinkCounters counters(int tunnel, LinkDirection direction) {
        return path(tunnel, direction).counters();
    }

    private LinkPath path(int tunnel, LinkDirection direction) {
        return java.util.Objects.requireNonNull(paths.get(tunnel - 1).get(direction));
    }

    private void run() {
        try (ReadinessWait readiness = new ReadinessWait(device.descriptor())) {
            while (!closed) {
                readAll();
                writeDue();
                long wait = line.isEmpty() ? LOOK_AROUND_NANOS : line.nextRelease() - System.nanoTime();
                if (wait > 0) {
                    readiness.await(Math.min(wait, LOOK_AROUND_NANOS));
                }
            }
        }
    }

    private void readAll() {
        for (int i = 0; i < READS_IN_A_ROW; i++) {
            int number = line.take();
            byte[] into = number == DelayLine.NONE ? spare : line.buffer(number);
            int length = device.read(into, 0, PACKET_OCTETS);
            if (number == DelayLine.NONE) {
                // The device has taken more than any lab sends: the kernel's own queue would drop it too.
                continue;
            }
            long release = length > 0 ? release(into, length) : LinkPath.LOST;
            if (release == LinkPath.LOST) {
                line.giveBack(number);
            } else {
                line.schedule(number, length, release);
            }
            if (length == -Errno.EAGAIN) {
                return;
            }
        }
    }

    private long release(byte[] packet, int length) {
        long now = System.nanoTime();
        if (length < IPV4_HEADER_OCTETS || packet[0] >> 4 != 4) {
            return now;
        }
        for (int i = 0; i < endpoints.length; i++) {
            if (addressNumber(packet, IPV4_DESTINATION) == endpoints[i]) {
                return path(i + 1, LinkDirection.TO_AWS).admit(now, length);
            }
            if (addressNumber(packet, IPV4_SOURCE) == endpoints[i]) {
                return path(i + 1, LinkDirection.TO_GATEWAY).admit(now, length);
            }
        }
        return now;
    }

    private void writeDue() {
        long now = System.nanoTime();
        for (int number = line.pollDue(now); number != DelayLine.NONE; number = line.pollDue(now)) {
            device.write(line.buffer(number), 0, line.length(number));
            line.giveBack(number);
        }
    }

    private static int addressNumber(String dotted) {
        int result = 0;
        for (String octet : dotted.split("\\.", -1)) {
            result = result << 8 | Integer.parseInt(octet);
        }
        return result;
    }

    private static int addressNumber(byte[] packet, int at) {
        return (packet[at] & 0xff) << 24
                | (packet[at + 1] & 0xff) << 16
                | (packet[at + 2] & 0xff) << 8
                | (packet[at + 3] & 0xff);
    }

    /** Takes the link out; packets in it are lost. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        rules("del");
        closed = true;
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(2 * LOOK_AROUND_NANOS) + 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        device.close();
    }
}
