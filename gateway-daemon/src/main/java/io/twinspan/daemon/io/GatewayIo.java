package io.twinspan.daemon.io;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.ike.DatagramSender;
import io.twinspan.daemon.ike.IkeDatagramSink;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.sys.DescriptorKeeper;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * All descriptors of one gateway and the two data loops that serve them.
 *
 * <p>Open it once the control loop runs; then the outside addresses, then one connection after the other; close it last.
 * Methods may be called from any one thread, but sockets and devices are opened in the network namespace of the caller.
 */
public interface GatewayIo extends AutoCloseable {
    /**
     * Starts the data loops, in the network namespace of the calling thread.
     *
     * @param engine makes the packet ciphers
     * @param entropy unpredictable IVs, from any thread
     */
    static GatewayIo start(
            GatewayIoOptions options, ControlLoop control, PacketCipherEngine engine, EntropySource entropy) {
        return start(options, control, engine, entropy, DescriptorKeeper.NONE);
    }

    /**
     * The same with descriptors that outlive this process: what a predecessor kept is taken over where it fits, and what is
     * opened is kept for a successor.
     *
     * @param keeper called where sockets and devices are opened
     */
    static GatewayIo start(
            GatewayIoOptions options,
            ControlLoop control,
            PacketCipherEngine engine,
            EntropySource entropy,
            DescriptorKeeper keeper) {
        return new EpollGatewayIo(options, control, engine, entropy, keeper);
    }

    /**
     * Reads nothing of what is opened from now on until {@link #begin}: what waits in a socket or device that was taken over
     * must not be judged before its SAs and its routes are known.
     */
    void hold();

    /** Reads everything that is open, and from now on whatever is opened. */
    void begin();

    /** Every loop that moves packets, by name, so that their progress can be watched. */
    Map<String, Executor> loops();

    /**
     * Opens UDP 500, UDP 4500 and raw ESP on a local outside address. Asking again for the same address changes nothing.
     *
     * @param sink gets IKE datagrams of this address, on the control loop
     * @throws io.twinspan.daemon.sys.SyscallException where the address is not ours, a port is taken or a right is missing
     */
    void openOutside(InetAddress local, IkeDatagramSink sink);

    /**
     * Listens to what the kernel says about links and what the network says about our packets.
     *
     * @param news called on the control loop
     */
    void watchHost(HostNews news);

    /** Sends IKE datagrams from the outside addresses that are open. Use on the control loop only. */
    DatagramSender datagramSender();

    /**
     * Creates the TUN device of a connection and starts its packet path with no tunnel active. The device has neither
     * address nor route yet: {@code routing} gives it those.
     *
     * @param device name of the TUN device
     * @param listener called on the control loop
     */
    DataPlane openConnection(String device, ConnectionPlan plan, DataPlaneListener listener);

    /**
     * Stops a connection's packet path and removes its TUN device, with every route into it. Its child SAs must be gone
     * before. Not callable on a loop.
     */
    void closeConnection(DataPlane connection);

    /** The local outside addresses that are open. */
    Set<InetAddress> outsideAddresses();

    /**
     * Closes the sockets of a local outside address from which nothing is to be sent any more; one that is not open changes
     * nothing. Not callable on a loop.
     */
    void closeOutside(InetAddress local);

    /** Drops that belong to no tunnel, of all connections together, by name; readable from any thread. */
    default Map<String, Long> drops() {
        return Map.of();
    }

    /** Stops both loops, closes every descriptor and removes the TUN devices. Not callable on a loop. */
    @Override
    void close();
}
