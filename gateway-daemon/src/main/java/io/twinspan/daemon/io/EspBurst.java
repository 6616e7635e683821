package io.twinspan.daemon.io;

import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.sys.SendBatch;
import io.twinspan.daemon.sys.SockAddr;

/**
 * ESP packets for one socket, built side by side, and the runs of equal length among them that one message of
 * UDP_SEGMENT can carry. Confined to the loop that sends.
 */
final class EspBurst {
    /** One run as the kernel takes it, and room for the packet that begins the next. */
    static final int OCTETS = 96 * 1024;

    /** Messages for one call. */
    static final int MAX_RUNS = 64;

    private final Transmitter transmitter;
    private final boolean ipv4;
    private final byte[] octets = new byte[OCTETS];
    private final SockAddr[] remotes = new SockAddr[MAX_RUNS];
    private final int[] trafficClasses = new int[MAX_RUNS];
    private final int[] starts = new int[MAX_RUNS];
    private final int[] lengths = new int[MAX_RUNS];
    private final int[] segments = new int[MAX_RUNS];
    private int runs;
    private int used;
    private boolean segmentation;
    private boolean resetBeforeNext;

    /**
     * @param ipv4 family of the socket
     * @param segmentation whether the socket takes several datagrams in one message
     */
    EspBurst(Transmitter transmitter, boolean ipv4, boolean segmentation) {
        this.transmitter = transmitter;
        this.ipv4 = ipv4;
        this.segmentation = segmentation;
    }

    /** The sink of one peer endpoint. */
    EspSink sinkTo(SockAddr remote) {
        return new EspSink() {
            @Override
            public byte[] array() {
                return octets;
            }

            @Override
            public int claim(int wanted) {
                return EspBurst.this.claim(wanted);
            }

            @Override
            public boolean isReady() {
                return transmitter.isReady();
            }

            @Override
            public void flush() {
                EspBurst.this.flush();
            }

            @Override
            public boolean unfragmented(boolean wanted) {
                return EspBurst.this.unfragmented(wanted);
            }

            @Override
            public void commit(int length, int trafficClass) {
                EspBurst.this.commit(remote, length, trafficClass);
            }
        };
    }

    private int claim(int wanted) {
        if (runs == MAX_RUNS || wanted > OCTETS - used) {
            flush();
        }
        return runs == MAX_RUNS || wanted > OCTETS - used ? EspSink.NO_ROOM : used;
    }

    private void commit(SockAddr remote, int length, int trafficClass) {
        int last = runs - 1;
        if (last >= 0 && continues(last, remote, length, trafficClass)) {
            lengths[last] += length;
        } else {
            remotes[runs] = remote;
            trafficClasses[runs] = trafficClass;
            starts[runs] = used;
            lengths[runs] = length;
            segments[runs] = length;
            runs++;
        }
        used += length;
    }

    /** udp(7), UDP_SEGMENT: all datagrams of a message but the last have the same length, and none is longer. */
    private boolean continues(int run, SockAddr remote, int length, int trafficClass) {
        int segment = segments[run];
        return segmentation
                && length <= segment
                && lengths[run] % segment == 0
                && lengths[run] / segment < SendBatch.MAX_SEGMENTS
                && lengths[run] + length <= SendBatch.MAX_SEGMENTED_OCTETS
                && trafficClasses[run] == trafficClass
                && remotes[run] == remote;
    }

    private boolean unfragmented(boolean wanted) {
        flush();
        boolean ready = runs == 0 && transmitter.isReady();
        if (ready) {
            resetBeforeNext = false;
            transmitter.unfragmented(ipv4, wanted);
        } else if (!wanted) {
            // The probe is still here: what comes behind it must wait for the setting to be taken back.
            resetBeforeNext = true;
        }
        return ready;
    }

    /** Hands over what was built, unless the socket is still busy with what came before. */
    void flush() {
        if (runs == 0 || !transmitter.isReady()) {
            return;
        }
        if (resetBeforeNext) {
            resetBeforeNext = false;
            transmitter.unfragmented(ipv4, false);
        }
        for (int i = 0; i < runs; i++) {
            transmitter.enqueue(remotes[i], trafficClasses[i], octets, starts[i], lengths[i], segments[i]);
        }
        runs = 0;
        used = 0;
        transmitter.flush();
        segmentation &= transmitter.takesSegments();
    }
}
