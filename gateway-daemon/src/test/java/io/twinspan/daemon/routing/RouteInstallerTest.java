package io.twinspan.daemon.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.Route.Kind;
import io.twinspan.daemon.sys.Rtnetlink;
import io.twinspan.daemon.sys.SyscallException;
import io.twinspan.daemon.sys.TunDevice;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteInstallerTest {
    private static final IpPrefix REMOTE = IpPrefix.parse("172.31.0.0/16");
    private static final IpPrefix REMOTE_V6 = IpPrefix.parse("fd00:172::/48");

    @Test
    void blackholeComesFirstAndRouteIntoTheTunBeatsIt() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller installer = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                installer.protect(plan(List.of(REMOTE, REMOTE_V6)));
                assertThat(ours(netlink)).hasSize(2).allMatch(route -> route.kind() == Kind.BLACKHOLE);
                assertThatThrownBy(() -> netlink.routeTo(address("172.31.0.10")))
                        .isInstanceOf(SyscallException.class)
                        .hasMessageContaining("find route to 172.31.0.10");

                try (TunDevice tun = TunDevice.open("tws0", false)) {
                    installer.bringUp(plan(List.of(REMOTE, REMOTE_V6)));
                    int index = netlink.linkIndex(tun.name()).orElseThrow();
                    assertThat(netlink.linkMtu(index)).isEqualTo(1400);
                    assertThat(netlink.routeTo(address("172.31.0.10")).interfaceIndex())
                            .isEqualTo(index);
                    assertThat(netlink.routeTo(address("fd00:172::1")).interfaceIndex())
                            .isEqualTo(index);
                    assertThat(netlink.routeTo(address("172.31.0.10")).preferredSource())
                            .isEqualTo(address("169.254.10.2"));
                    try (MtuInstaller mtu = new MtuInstaller()) {
                        mtu.apply(plan(List.of(REMOTE, REMOTE_V6)).withMtu(1380));
                    }
                    assertThat(netlink.linkMtu(index)).isEqualTo(1380);
                }
            }
        });
    }

    @Test
    void e23_blackholeOutlivesTheDeviceOfAKilledDaemon() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller killed = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                killed.protect(plan(List.of(REMOTE)));
                TunDevice tun = TunDevice.open("tws0", false);
                killed.bringUp(plan(List.of(REMOTE)));
                // What the kernel does to a killed process: its descriptors close, nothing else happens.
                tun.close();
                assertThat(netlink.linkIndex("tws0")).isEmpty();
                assertThat(ours(netlink)).singleElement().matches(route -> route.kind() == Kind.BLACKHOLE);
            }
        });
    }

    @Test
    void nextStartKeepsWantedLeftoversAndRemovesTheOthers() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            IpPrefix stale = IpPrefix.parse("10.99.0.0/16");
            try (RouteInstaller killed = new RouteInstaller();
                    RouteInstaller next = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                killed.protect(plan(List.of(REMOTE, stale)));
                netlink.addRoute(blackhole("10.50.0.0", 4));
                next.protect(plan(List.of(REMOTE)));
                next.removeLeftovers();
                assertThat(ours(netlink)).extracting(Route::destination).containsExactly(REMOTE.address());
                next.settle();
                next.remove();
                assertThat(ours(netlink)).isEmpty();
                // Somebody else's route was never touched.
                assertThat(netlink.routes()).anyMatch(route -> route.protocol() == 4);
            }
        });
    }

    /** Between two tries of a service manager nothing may leave in clear. */
    @Test
    void aFirstStartThatFailsLeavesItsFenceWhereItWillBeTriedAgain() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller byHand = new RouteInstaller();
                    RouteInstaller service = new RouteInstaller();
                    RouteInstaller again = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                byHand.protect(plan(List.of(REMOTE)));
                byHand.remove();
                assertThat(ours(netlink)).isEmpty();
                service.keepFence();
                service.protect(plan(List.of(REMOTE)));
                service.fence(List.of(REMOTE));
                service.remove();
                assertThat(ours(netlink)).singleElement().matches(route -> route.kind() == Kind.BLACKHOLE);
                again.keepFence();
                again.protect(plan(List.of(REMOTE)));
                again.settle();
                again.remove();
                assertThat(ours(netlink)).isEmpty();
            }
        });
    }

    @Test
    void routesIntoADeviceThatLivesOnAreTakenOverWithoutAMomentWithoutThem() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            IpPrefix stale = IpPrefix.parse("10.99.0.0/16");
            try (RouteInstaller predecessor = new RouteInstaller();
                    RouteInstaller next = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink();
                    TunDevice tun = TunDevice.open("tws0", false)) {
                int index = netlink.linkIndex(tun.name()).orElseThrow();
                predecessor.protect(plan(List.of(REMOTE, stale)));
                predecessor.bringUp(plan(List.of(REMOTE, stale)));
                netlink.addAddress(index, address("169.254.77.2"), 30);

                next.inherit(List.of("tws0", "tws9"));
                next.protect(plan(List.of(REMOTE)));
                next.removeLeftovers();
                assertThat(netlink.routeTo(address("172.31.0.10")).interfaceIndex())
                        .isEqualTo(index);
                next.bringUp(plan(List.of(REMOTE)));
                assertThat(netlink.routeTo(address("172.31.0.10")).interfaceIndex())
                        .isEqualTo(index);
                next.settle();
                assertThat(ours(netlink))
                        .hasSize(2)
                        .extracting(Route::destination)
                        .containsOnly(REMOTE.address());
                assertThat(netlink.addresses())
                        .contains(address("169.254.10.2"))
                        .doesNotContain(address("169.254.77.2"));
                next.remove();
                assertThat(ours(netlink)).isEmpty();
            }
        });
    }

    @Test
    void aFailedTakeOverLeavesTheRoutesOfThePredecessor() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller predecessor = new RouteInstaller();
                    RouteInstaller next = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink();
                    TunDevice _ = TunDevice.open("tws0", false)) {
                predecessor.protect(plan(List.of(REMOTE)));
                predecessor.bringUp(plan(List.of(REMOTE)));
                next.inherit(List.of("tws0"));
                next.protect(plan(List.of(REMOTE)));
                next.removeLeftovers();
                next.bringUp(plan(List.of(REMOTE)));
                next.remove();
                assertThat(ours(netlink)).hasSize(2);
            }
        });
    }

    @Test
    void e23_failedStartLeavesTheBlackholesOfAKilledGateway() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller killed = new RouteInstaller();
                    RouteInstaller next = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                killed.protect(plan(List.of(REMOTE)));
                next.protect(plan(List.of(REMOTE, REMOTE_V6)));
                next.removeLeftovers();
                next.remove();
                assertThat(ours(netlink)).extracting(Route::destination).containsExactly(REMOTE.address());
            }
        });
    }

    @Test
    void e23_secondGatewayIsRefusedAndTheFirstKeepsItsRoutes() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller first = new RouteInstaller();
                    RouteInstaller second = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink();
                    TunDevice _ = TunDevice.open("tws0", false)) {
                first.protect(plan(List.of(REMOTE)));
                first.bringUp(plan(List.of(REMOTE)));
                assertThatThrownBy(() -> second.protect(plan(List.of(REMOTE_V6))))
                        .isInstanceOf(RouteConflictException.class)
                        .hasMessageContaining("another gateway");
                second.remove();
                assertThat(ours(netlink)).hasSize(2);
            }
        });
    }

    @Test
    void e23_hostsOwnRouteToPartOfAProtectedPrefixIsTold() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller installer = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                netlink.addVeth("lan0", "lan1");
                int lan = netlink.linkIndex("lan0").orElseThrow();
                netlink.addAddress(lan, address("172.31.7.1"), 24);
                netlink.setUp(lan);
                netlink.setUp(netlink.linkIndex("lan1").orElseThrow());
                assertThat(installer.protect(plan(List.of(REMOTE, REMOTE_V6))))
                        .extracting(Route::destination)
                        .containsExactly(address("172.31.7.0"));
                assertThat(installer.protect(plan(List.of(REMOTE_V6)))).isEmpty();
            }
        });
    }

    @Test
    void refusesToWorkBesideARouteThatWouldLeadPastTheTunnel() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller installer = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                netlink.addRoute(new Route(
                        REMOTE.address(), 16, Kind.BLACKHOLE, 4, 0, 0, address("0.0.0.0"), address("0.0.0.0")));
                assertThatThrownBy(() -> installer.protect(plan(List.of(REMOTE))))
                        .isInstanceOf(RouteConflictException.class)
                        .hasMessageContaining("172.31.0.0/16");
                assertThat(ours(netlink)).isEmpty();
            }
        });
    }

    @Test
    void outsidePeerInsideAProtectedPrefixStaysReachable() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (RouteInstaller installer = new RouteInstaller();
                    Rtnetlink netlink = new Rtnetlink()) {
                netlink.addVeth("wan0", "wan1");
                int wan = netlink.linkIndex("wan0").orElseThrow();
                netlink.addAddress(wan, address("192.0.2.1"), 24);
                netlink.setUp(wan);
                netlink.setUp(netlink.linkIndex("wan1").orElseThrow());
                InetAddress peer = address("192.0.2.77");
                RoutePlan wide = new RoutePlan(
                        "tws0", 1400, List.of(), List.of(IpPrefix.parse("192.0.0.0/16")), List.of(), List.of(peer));
                installer.protect(wide);
                try (TunDevice tun = TunDevice.open("tws0", false)) {
                    installer.bringUp(wide);
                    assertThat(netlink.routeTo(peer).interfaceIndex()).isEqualTo(wan);
                    assertThat(OutsideAddress.towards(peer)).isEqualTo(address("192.0.2.1"));
                    assertThat(netlink.routeTo(address("192.0.3.1")).interfaceIndex())
                            .isEqualTo(netlink.linkIndex(tun.name()).orElseThrow());
                    installer.remove();
                    assertThat(ours(netlink)).isEmpty();
                }
                assertThatThrownBy(() -> installer.protect(new RoutePlan(
                                "tws0", 1400, List.of(), List.of(IpPrefix.of(peer, 32)), List.of(), List.of(peer))))
                        .isInstanceOf(RouteConflictException.class)
                        .hasMessageContaining("inside itself");
            }
        });
    }

    private static RoutePlan plan(List<IpPrefix> prefixes) {
        return new RoutePlan(
                "tws0",
                1400,
                List.of(new InsideAddress(address("169.254.10.2"), 30), new InsideAddress(address("fd00:10::2"), 126)),
                prefixes,
                List.of(),
                List.of());
    }

    private static List<Route> ours(Rtnetlink netlink) {
        return netlink.routes().stream()
                .filter(route -> route.protocol() == RouteInstaller.ROUTE_PROTOCOL)
                .toList();
    }

    private static Route blackhole(String network, int protocol) {
        return new Route(address(network), 16, Kind.BLACKHOLE, protocol, 7, 0, address("0.0.0.0"), address("0.0.0.0"));
    }

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }
}
