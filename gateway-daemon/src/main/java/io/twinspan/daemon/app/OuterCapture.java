package io.twinspan.daemon.app;

import io.twinspan.daemon.diagnosis.CapturedPacket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * What travels between this host and one peer outside, read from the live device by libpcap. For one thread, in whose network
 * namespace it was opened.
 */
final class OuterCapture implements AutoCloseable {
    private static final int SNAP_OCTETS = 65_536;
    private static final int HEADER_OCTETS = 96;
    private static final int READ_MILLIS = 5;
    private static final int MAX_AT_ONCE = 1_000;
    private static final int ETHERNET_OCTETS = 14;
    private static final int COOKED_OCTETS = 16;
    private static final int UDP_PROTOCOL = 17;
    private static final int ESP_PROTOCOL = 50;
    private static final int IKE_PORT = 500;
    private static final int UDP_OCTETS = 8;

    private final PcapHandle handle;
    private final InetAddress peer;
    private final int linkOctets;
    private final boolean full;

    private OuterCapture(PcapHandle handle, InetAddress peer, boolean full) {
        this.handle = handle;
        this.peer = peer;
        this.full = full;
        DataLinkType link = handle.getDlt();
        this.linkOctets = link.equals(DataLinkType.EN10MB)
                ? ETHERNET_OCTETS
                : link.equals(DataLinkType.LINUX_SLL) ? COOKED_OCTETS : 0;
    }

    /**
     * Opens the device.
     *
     * @throws CaptureException where libpcap is missing or refuses
     */
    static OuterCapture open(String device, InetAddress peer, boolean full) {
        try {
            PcapHandle handle = new PcapHandle.Builder(device)
                    .snaplen(full ? SNAP_OCTETS : HEADER_OCTETS + COOKED_OCTETS)
                    .promiscuousMode(PcapNetworkInterface.PromiscuousMode.NONPROMISCUOUS)
                    .timeoutMillis(READ_MILLIS)
                    .immediateMode(true)
                    .timestampPrecision(PcapHandle.TimestampPrecision.NANO)
                    .build();
            boolean open = false;
            try {
                String address = peer.getHostAddress();
                handle.setFilter(
                        "host " + address + " and (ip proto 50 or ip6 proto 50 or udp port 500 or udp port 4500)",
                        BpfProgram.BpfCompileMode.OPTIMIZE);
                handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
                OuterCapture capture = new OuterCapture(handle, peer, full);
                open = true;
                return capture;
            } finally {
                if (!open) {
                    handle.close();
                }
            }
        } catch (PcapNativeException | NotOpenException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new CaptureException("device " + device + " cannot be watched: " + e.getMessage(), e);
        }
    }

    /** A filter for inner packets; empty text means none and is not asked for. */
    static BpfProgram filter(String words) {
        try (PcapHandle dead = Pcaps.openDead(DataLinkType.RAW, SNAP_OCTETS)) {
            return dead.compileFilter(words, BpfProgram.BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
        } catch (PcapNativeException | NotOpenException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new CaptureException("'" + words + "' is no filter: " + e.getMessage(), e, "see pcap-filter(7)");
        }
    }

    /** Hands over what has come, and returns. */
    void drain(Consumer<CapturedPacket> reader) {
        try {
            for (int i = 0; i < MAX_AT_ONCE; i++) {
                byte[] frame = handle.getNextRawPacket();
                if (frame == null) {
                    return;
                }
                if (frame.length > linkOctets) {
                    reader.accept(packet(frame));
                }
            }
        } catch (NotOpenException e) {
            throw new CaptureException("the device is gone", e);
        }
    }

    private CapturedPacket packet(byte[] frame) {
        int end = full ? frame.length : Math.min(frame.length, linkOctets + HEADER_OCTETS);
        byte[] octets = Arrays.copyOfRange(frame, linkOctets, end);
        Instant at = handle.getTimestamp().toInstant();
        int length = handle.getOriginalLength() - linkOctets;
        return new CapturedPacket(at, false, isToPeer(octets), spi(octets), length, octets);
    }

    private boolean isToPeer(byte[] octets) {
        byte[] address = peer.getAddress();
        int at = address.length == 4 ? 16 : 24;
        return octets.length >= at + address.length
                && Arrays.equals(octets, at, at + address.length, address, 0, address.length);
    }

    /** RFC 3948 section 2.2: four zeros in place of an SPI say that IKE follows. */
    private static int spi(byte[] octets) {
        boolean ipv4 = octets[0] >> 4 == 4;
        int header = ipv4 ? (octets[0] & 0xf) * 4 : 40;
        int protocol = octets[ipv4 ? 9 : 6] & 0xff;
        if (protocol == ESP_PROTOCOL && octets.length >= header + 4) {
            return ByteBuffer.wrap(octets).getInt(header);
        }
        boolean encapsulated = protocol == UDP_PROTOCOL
                && octets.length >= header + UDP_OCTETS + 4
                && ByteBuffer.wrap(octets).getShort(header) != IKE_PORT
                && ByteBuffer.wrap(octets).getShort(header + 2) != IKE_PORT;
        return encapsulated ? ByteBuffer.wrap(octets).getInt(header + UDP_OCTETS) : 0;
    }

    /** Packets that libpcap had no room for. */
    long dropped() {
        try {
            return handle.getStats().getNumPacketsDropped();
        } catch (PcapNativeException | NotOpenException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
