package io.twinspan.daemon.routing;

import io.twinspan.daemon.sys.DeviceAddress;
import io.twinspan.daemon.sys.Rtnetlink;
import java.net.Inet6Address;
import java.util.List;

/** Gives a TUN device its MTU and inside addresses and takes it up. Everything goes away with the device. */
final class AddressInstaller {
    private final Rtnetlink netlink;

    AddressInstaller(Rtnetlink netlink) {
        this.netlink = netlink;
    }

    /** Readies the device of a plan and returns its index. */
    int install(RoutePlan plan) {
        int index = indexOf(plan.device());
        netlink.setMtu(index, plan.mtuBytes());
        List<DeviceAddress> present = netlink.addressesOf(index);
        List<DeviceAddress> wanted = plan.insideAddresses().stream()
                .map(inside -> new DeviceAddress(inside.local(), inside.prefixLength()))
                .toList();
        // A device that was taken over has those of its former configuration.
        for (DeviceAddress address : present) {
            if (!wanted.contains(address) && !isKernelsOwn(address)) {
                netlink.deleteAddress(index, address);
            }
        }
        for (DeviceAddress address : wanted) {
            if (!present.contains(address)) {
                netlink.addAddress(index, address.address(), address.prefixLength());
            }
        }
        netlink.setUp(index);
        return index;
    }

    /** Index of a device, which must exist. */
    int indexOf(String device) {
        return netlink.linkIndex(device)
                .orElseThrow(() -> new IllegalStateException("device " + device + " does not exist"));
    }

    /** The kernel gives each IPv6 device a link-local address; the inside networks of IPv4 are link-local too. */
    private static boolean isKernelsOwn(DeviceAddress address) {
        return address.address() instanceof Inet6Address && address.address().isLinkLocalAddress();
    }
}
