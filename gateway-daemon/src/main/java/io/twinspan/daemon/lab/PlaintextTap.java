package io.twinspan.daemon.lab;

import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;

/**
 * Watches an outside device for plaintext of protected prefixes and keeps a capture for later reading.
 *
 * <p>Needs libpcap. Not for full rate: a capture of a drill or a test.
 */
public final class PlaintextTap implements AutoCloseable {
    private static final int SNAP_BYTES = 65_536;
    private static final int READ_MILLIS = 10;
    private static final int ETHERNET_BYTES = 14;

    private final PcapHandle handle;
    private final PcapDumper dumper;
    private final Thread reader;
    private final List<IpPrefix> protectedPrefixes;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong plaintext = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PlaintextTap(LabNamespace namespace, PcapHandle handle, PcapDumper dumper, List<IpPrefix> prefixes) {
        this.handle = handle;
        this.dumper = dumper;
        this.protectedPrefixes = prefixes;
        this.reader = namespace.start("tap", this::read);
    }

    /**
     * Starts to watch.
     *
     * @param prefixes networks that must never be seen on this device, as source or destination
     * @param file where the capture goes
     * @throws LabException where libpcap is missing
     */
    public static PlaintextTap start(LabNamespace namespace, String device, List<IpPrefix> prefixes, Path file) {
        try {
            PcapHandle handle = namespace.call(() -> new PcapHandle.Builder(device)
                    .snaplen(SNAP_BYTES)
                    .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                    .timeoutMillis(READ_MILLIS)
                    .immediateMode(true)
                    .build());
            handle.setFilter("ip or ip6", BpfCompileMode.OPTIMIZE);
            return new PlaintextTap(namespace, handle, handle.dumpOpen(file.toString()), List.copyOf(prefixes));
        } catch (PcapNativeException | NotOpenException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new LabException("no capture: is libpcap installed (package libpcap0.8)? " + e.getMessage(), e);
        }
    }

    /** IP packets seen. */
    public long frames() {
        return frames.get();
    }

    /** IP packets seen whose own header names a protected prefix: each one is a leak. */
    public long plaintextFrames() {
        return plaintext.get();
    }

    private void read() {
        try {
            handle.loop(-1, (RawPacketListener) this::look);
        } catch (PcapNativeException | NotOpenException | InterruptedException e) {
            // breakLoop and close end the loop this way.
            return;
        }
    }

    private void look(byte[] frame) {
        frames.incrementAndGet();
        if (isPlaintext(frame)) {
            plaintext.incrementAndGet();
        }
        try {
            dumper.dumpRaw(frame, handle.getTimestamp());
        } catch (NotOpenException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isPlaintext(byte[] frame) {
        if (frame.length < ETHERNET_BYTES + 20) {
            return false;
        }
        int version = frame[ETHERNET_BYTES] >> 4 & 0xf;
        int addressBytes = version == 6 ? 16 : 4;
        int sourceAt = ETHERNET_BYTES + (version == 6 ? 8 : 12);
        if (frame.length < sourceAt + 2 * addressBytes) {
            return false;
        }
        return isProtected(frame, sourceAt, addressBytes) || isProtected(frame, sourceAt + addressBytes, addressBytes);
    }

    private boolean isProtected(byte[] frame, int offset, int length) {
        byte[] octets = java.util.Arrays.copyOfRange(frame, offset, offset + length);
        try {
            InetAddress address = InetAddress.getByAddress(octets);
            return protectedPrefixes.stream().anyMatch(prefix -> prefix.contains(address));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the capture and completes its file; the second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            handle.breakLoop();
            reader.join(1_000);
        } catch (NotOpenException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dumper.close();
        handle.close();
    }
}
