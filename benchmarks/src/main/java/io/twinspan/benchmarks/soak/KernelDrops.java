package io.twinspan.benchmarks.soak;

import io.twinspan.daemon.lab.LabNamespace;
import java.util.List;

/**
 * Packets that the kernel of a network namespace threw away before a program saw them, proc(5).
 *
 * @param fullSockets UDP datagrams that found no room in a socket
 * @param fullDevices packets that found no room in the queue of a TUN device
 */
record KernelDrops(long fullSockets, long fullDevices) {
    private static final String TUN_PREFIX = "ts-";
    private static final int TRANSMIT_DROPS = 12;

    /** The namespace's counters now. */
    static KernelDrops of(LabNamespace namespace) {
        return parse(namespace.run("cat", "/proc/net/snmp"), namespace.run("cat", "/proc/net/dev"));
    }

    static KernelDrops parse(String snmp, String devices) {
        List<String> udp = snmp.lines().filter(line -> line.startsWith("Udp: ")).toList();
        long sockets = 0;
        if (udp.size() == 2) {
            int column = List.of(udp.getFirst().split(" ")).indexOf("RcvbufErrors");
            sockets = Long.parseLong(udp.getLast().split(" ")[column]);
        }
        long queues = devices.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(TUN_PREFIX))
                .mapToLong(line -> Long.parseLong(line.split("[:\\s]+")[TRANSMIT_DROPS]))
                .sum();
        return new KernelDrops(sockets, queues);
    }

    KernelDrops since(KernelDrops earlier) {
        return new KernelDrops(fullSockets - earlier.fullSockets, fullDevices - earlier.fullDevices);
    }

    KernelDrops plus(KernelDrops other) {
        return new KernelDrops(fullSockets + other.fullSockets, fullDevices + other.fullDevices);
    }

    long sum() {
        return fullSockets + fullDevices;
    }
}
