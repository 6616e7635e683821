package io.twinspan.benchmarks.throughput;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The highest rate of single datagrams of one length from host A to host B, and what the gateways use for it. */
final class UdpMeasurement {
    /** Time of one try. */
    static final double TRY_SECONDS = 0.7;

    private static final int PORT = 9000;
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final double MILLION = 1e6;
    private static final double UNPACED = 1e6;
    private static final long TRY_NANOS = (long) (TRY_SECONDS * TimeUnit.SECONDS.toNanos(1));

    private final BenchTopology topology;
    private final GatewayPair pair;
    private final int packetOctets;

    /** A measurement with packets of this length, IPv4 and UDP headers included. */
    UdpMeasurement(BenchTopology topology, GatewayPair pair, int packetOctets) {
        this.topology = topology;
        this.pair = pair;
        this.packetOctets = packetOctets;
    }

    /**
     * What came out.
     *
     * @param packetsPerSecond highest rate with less than 0.1 % lost; 0 where every rate lost more
     * @param cpuSecondsPerMillion of both gateways together at that rate
     */
    record Result(double packetsPerSecond, double cpuSecondsPerMillion) {}

    /** Looks for the rate, after one unmeasured try. */
    Result search(RateSearch search) {
        InetSocketAddress to = new InetSocketAddress(BenchTopology.HOST_B, PORT);
        try (DatagramReceiver receiver = DatagramReceiver.open(topology.hostB(), to);
                DatagramSender sender = DatagramSender.open(topology.hostA(), to, packetOctets)) {
            attempt(sender, receiver, search.target());
            double cpuPerMillion = 0;
            while (!search.done()) {
                GatewayPair.PairUsage before = pair.usage();
                Attempt attempt = attempt(sender, receiver, search.target());
                double cpuSeconds = pair.usage().since(before).cpuSeconds();
                if (search.report(attempt.sent().packetsPerSecond(), attempt.loss())) {
                    cpuPerMillion = cpuSeconds / attempt.sent().packets() * MILLION;
                }
            }
            return new Result(search.best(), cpuPerMillion);
        }
    }

    /** What the sender reaches by itself, in packets a second: the first gateway drops everything. */
    double generatorAlone() {
        String unreachable = "198.51.100.1";
        topology.gatewayA().run("ip", "route", "replace", "blackhole", unreachable + "/32");
        try (DatagramSender sender =
                DatagramSender.open(topology.hostA(), new InetSocketAddress(unreachable, PORT), packetOctets)) {
            return sender.send(UNPACED, TRY_NANOS).packetsPerSecond();
        }
    }

    private record Attempt(DatagramSender.Sent sent, double loss) {}

    private Attempt attempt(DatagramSender sender, DatagramReceiver receiver, double rate) {
        long before = receiver.octets();
        DatagramSender.Sent sent = sender.send(rate, TRY_NANOS);
        long octets = sent.packets() * DatagramSender.payloadOctets(packetOctets);
        awaitArrival(receiver, before + octets);
        return new Attempt(sent, Math.max(0, 1 - (receiver.octets() - before) / (double) octets));
    }

    /** Waits until everything is there or nothing more comes: what queues still hold arrives late, but it does arrive. */
    private static void awaitArrival(DatagramReceiver receiver, long everything) {
        long last = receiver.octets();
        long since = System.nanoTime();
        while (last < everything && System.nanoTime() - since < SILENCE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            long now = receiver.octets();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            }
        }
    }
}
