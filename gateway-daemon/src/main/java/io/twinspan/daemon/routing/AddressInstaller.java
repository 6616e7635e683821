package io.twinspan.daemon.routing;

import io.twinspan.daemon.sys.Rtnetlink;

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
        for (InsideAddress inside : plan.insideAddresses()) {
            netlink.addAddress(index, inside.local(), inside.prefixLength());
        }
        netlink.setUp(index);
        return index;
    }

    private int indexOf(String device) {
        return netlink.linkIndex(device)
                .orElseThrow(() -> new IllegalStateException("device " + device + " does not exist"));
    }
}
