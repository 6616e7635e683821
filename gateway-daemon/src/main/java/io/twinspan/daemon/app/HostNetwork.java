package io.twinspan.daemon.app;

import io.twinspan.daemon.control.DataPlaneNews.IcmpSender;
import io.twinspan.daemon.routing.MtuInstaller;
import io.twinspan.daemon.routing.RoutePlan;
import io.twinspan.daemon.sys.IcmpSocket;
import io.twinspan.daemon.sys.SyscallException;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the control loop does to the host's network while the gateway runs. Confined to the loop, which lives in the
 * gateway's network namespace.
 */
final class HostNetwork implements IcmpSender {
    private static final Logger LOG = LoggerFactory.getLogger(HostNetwork.class);

    private final MtuInstaller mtu = new MtuInstaller();
    private final IcmpSocket icmp = new IcmpSocket();

    /** A refusal is told and lived with: the data plane keeps to the right size by itself. */
    void resize(RoutePlan plan) {
        try {
            mtu.apply(plan);
        } catch (SyscallException | IllegalStateException e) {
            LOG.warn("The MTU of {} could not be set to {}.", plan.device(), plan.mtuBytes(), e);
        }
    }

    /** The routes follow a plan that changed; a refusal is told and lived with as in {@link #resize}. */
    void reroute(RoutePlan plan) {
        try {
            mtu.replaceRoutes(plan);
        } catch (SyscallException | IllegalStateException e) {
            LOG.warn("The routes into {} could not be changed.", plan.device(), e);
        }
    }

    @Override
    public boolean send(InetAddress receiver, byte[] message) {
        try {
            icmp.send(receiver, message);
            return true;
        } catch (SyscallException e) {
            LOG.debug("An ICMP message could not be sent.", e);
            return false;
        }
    }

    /** Closes both sockets. */
    boolean close() {
        icmp.close();
        mtu.close();
        return true;
    }
}
