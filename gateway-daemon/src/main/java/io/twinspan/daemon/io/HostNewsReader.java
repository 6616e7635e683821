package io.twinspan.daemon.io;

import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.KernelNews;
import io.twinspan.daemon.sys.ReceiveBatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Reads one of the kernel's news sockets on the control loop. */
final class HostNewsReader implements DescriptorEvents {
    private static final int READ_BUDGET = 4;
    private static final int DATAGRAMS_EACH_CALL = 4;
    private static final int IPV4_HEADER = 20;
    private static final int ICMP_HEADER = 8;
    private static final int ADDRESS_OCTETS = 4;
    private static final int PROTOCOL_AT = 9;
    private static final int SOURCE_AT = 12;
    private static final int DESTINATION_AT = 16;
    private static final int PROTOCOL_ESP = 50;

    private final Descriptor descriptor;
    private final boolean icmp;
    private final HostNews news;
    private final ReceiveBatch batch = new ReceiveBatch(DATAGRAMS_EACH_CALL);

    private HostNewsReader(Descriptor descriptor, boolean icmp, HostNews news) {
        this.descriptor = descriptor;
        this.icmp = icmp;
        this.news = news;
    }

    /** Both sockets, open but not registered; call on the control loop. */
    static List<GuardedHandle> open(HostNews news) {
        Descriptor errors = KernelNews.icmpErrors();
        Descriptor links = KernelNews.linkChanges();
        return List.of(
                new GuardedHandle(errors.fd(), "ICMP errors", true, new HostNewsReader(errors, true, news)),
                new GuardedHandle(links.fd(), "link changes", true, new HostNewsReader(links, false, news)));
    }

    @Override
    public boolean readable() {
        for (int call = 0; call < READ_BUDGET; call++) {
            int count = batch.receive(descriptor);
            if (count <= 0) {
                return call > 0;
            }
            if (icmp) {
                for (int i = 0; i < count; i++) {
                    error(i);
                }
            } else {
                news.linksChanged();
            }
        }
        return true;
    }

    /** RFC 792: the IP header and the first octets of the packet in question stand behind the ICMP header. */
    private void error(int index) {
        int length = batch.length(index);
        int header = length > 0 ? (batch.octet(index, 0) & 0xf) * Integer.BYTES : 0;
        int quoted = header + ICMP_HEADER;
        if (header < IPV4_HEADER || length < quoted + IPV4_HEADER) {
            return;
        }
        int protocol = batch.octet(index, quoted + PROTOCOL_AT) & 0xff;
        if (protocol == PROTOCOL_ESP || protocol == IpPacket.PROTOCOL_UDP) {
            news.icmpError(
                    address(index, quoted + SOURCE_AT),
                    address(index, quoted + DESTINATION_AT),
                    batch.octet(index, header) & 0xff,
                    batch.octet(index, header + 1) & 0xff);
        }
    }

    private InetAddress address(int index, int at) {
        byte[] octets = new byte[ADDRESS_OCTETS];
        batch.copy(index, at, octets, 0, octets.length);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    @Override
    public void closed() {
        batch.close();
        descriptor.close();
    }
}
