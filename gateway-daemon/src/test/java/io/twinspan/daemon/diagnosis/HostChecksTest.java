package io.twinspan.daemon.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.net.IpPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostChecksTest {
    private final Map<Integer, String> holders = new HashMap<>();
    private final Map<String, String> sysctl = new HashMap<>(Map.of(
            "ipv4/ip_forward", "1",
            "ipv4/conf/all/rp_filter", "1",
            "ipv4/conf/eth0/rp_filter", "0",
            "ipv4/ipfrag_high_thresh", "4194304",
            "core/rmem_max", "16777216",
            "core/wmem_max", "16777216"));
    private final List<String> missing = new ArrayList<>();
    private final List<String> daemons = new ArrayList<>();
    private final List<HostFacts.HostRoute> routes = new ArrayList<>();
    private HostFacts.Tun tun = new HostFacts.Tun("", true);
    private HostFacts.Clock clock =
            new HostFacts.Clock(Instant.parse("2026-11-23T03:00:00Z"), HostFacts.ClockState.SYNCHRONISED, 400_000);
    private HostFacts.Cipher cipher = new HostFacts.Cipher("ipsec-mb 1.3.0", true, List.of(), "");
    private HostFacts.ConfigProblems problems = new HostFacts.ConfigProblems(List.of(), List.of());
    private HostFacts.Api api = new HostFacts.Api("127.0.0.1:8443", List.of());
    private HostFacts.Peer peer = peer(1500, "");
    private boolean running;

    private static HostFacts.Peer peer(int linkMtu, String error) {
        return new HostFacts.Peer(
                1,
                IpPrefix.parseAddress("203.0.113.10"),
                IpPrefix.parseAddress("192.168.7.7"),
                "eth0",
                linkMtu,
                1_406,
                error);
    }

    private List<Check> check() {
        HostFacts.Connection connection = new HostFacts.Connection(
                "prod",
                "twin0",
                List.of(IpPrefix.parse("10.0.0.0/8")),
                List.of(IpPrefix.parse("172.31.0.0/16")),
                1_500,
                4 << 20,
                List.of(peer));
        return HostChecks.of(new HostFacts(
                running,
                holders,
                tun,
                missing,
                sysctl,
                clock,
                cipher,
                api,
                daemons,
                routes,
                problems,
                List.of(connection)));
    }

    private Check only(String name) {
        return check().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    private void assertGrade(String name, Check.Grade grade, String text) {
        Check check = only(name);
        assertThat(check.result().grade()).describedAs(check.toString()).isEqualTo(grade);
        assertThat(check.result().detail()).contains(text);
        if (grade == Check.Grade.WARN || grade == Check.Grade.FAIL) {
            assertThat(check.result().fix()).isNotEmpty();
        }
    }

    @Test
    void aGoodHostHasNothingToComplainAbout() {
        assertThat(check()).allSatisfy(it -> assertThat(it.result().grade()).isEqualTo(Check.Grade.OK));
        assertThat(Check.worst(check())).isEqualTo(Check.Grade.OK);
        assertGrade("nat", Check.Grade.OK, "behind NAT: yes, 192.168.7.7");
        assertGrade("clock", Check.Grade.OK, "within 0.4 s");
    }

    @Test
    void whoHoldsThePortsIsNamedWithTheWayToStopIt() {
        holders.put(500, "charon (pid 812)");
        assertGrade("udp-ports", Check.Grade.FAIL, "charon (pid 812) holds UDP 500");
        assertThat(only("udp-ports").result().fix()).isEqualTo("systemctl disable --now strongswan strongswan-starter");
        running = true;
        assertGrade("udp-ports", Check.Grade.OK, "held by the gateway");
    }

    @Test
    void aListenerThatCannotListenIsAWarningSinceTrafficFlows() {
        assertGrade("api-listener", Check.Grade.OK, "127.0.0.1:8443");
        api = new HostFacts.Api("127.0.0.1:8443", List.of("cannot take gw.pem", "cannot bind: Address already in use"));
        assertGrade("api-listener", Check.Grade.WARN, "127.0.0.1:8443: cannot take gw.pem; cannot bind: Address");
        api = HostFacts.Api.NONE;
        assertGrade("api-listener", Check.Grade.OK, "Unix socket alone");
    }

    @Test
    void rightsAndTheDeviceAreNeeded() {
        missing.add("CAP_NET_RAW");
        tun = new HostFacts.Tun("/dev/net/tun does not exist", false);
        assertGrade("capabilities", Check.Grade.FAIL, "CAP_NET_RAW");
        assertGrade("tun", Check.Grade.FAIL, "does not exist");
        tun = new HostFacts.Tun("", false);
        assertGrade("tun", Check.Grade.WARN, "without vnet_hdr");
    }

    @Test
    void kernelParametersAreJudged() {
        sysctl.put("ipv4/ip_forward", "0");
        sysctl.put("ipv4/conf/eth0/rp_filter", "2");
        sysctl.put("ipv4/conf/twin0/rp_filter", "2");
        sysctl.put("ipv4/ipfrag_high_thresh", "100");
        sysctl.put("core/rmem_max", "212992");
        assertGrade("forwarding", Check.Grade.WARN, "net.ipv4.ip_forward is 0");
        assertGrade("rp-filter", Check.Grade.WARN, "not strict on eth0:");
        assertGrade("fragments", Check.Grade.WARN, "hardly");
        assertGrade("socket-buffers", Check.Grade.WARN, "net.core.rmem_max 212992, wanted 4194304");
        sysctl.put("ipv4/ipfrag_high_thresh", "999999999");
        assertGrade("fragments", Check.Grade.WARN, "flood");
        sysctl.remove("ipv4/ipfrag_high_thresh");
        assertGrade("fragments", Check.Grade.SKIP, "cannot be read");
    }

    @Test
    void theClockMustBeSaneAndShouldBeSynchronised() {
        clock = new HostFacts.Clock(Instant.EPOCH, HostFacts.ClockState.SYNCHRONISED, 0);
        assertGrade("clock", Check.Grade.FAIL, "1970");
        clock = new HostFacts.Clock(Instant.parse("2026-11-23T03:00:00Z"), HostFacts.ClockState.UNSYNCHRONISED, 0);
        assertGrade("clock", Check.Grade.WARN, "not synchronised");
        clock = new HostFacts.Clock(Instant.parse("2026-11-23T03:00:00Z"), HostFacts.ClockState.UNKNOWN, 0);
        assertGrade("clock", Check.Grade.SKIP, "does not tell");
    }

    @Test
    void theProcessorAndTheEngineAreJudged() {
        cipher = new HostFacts.Cipher("jdk", false, List.of(), "");
        assertGrade("cipher", Check.Grade.WARN, "no AES instructions");
        cipher = new HostFacts.Cipher("", true, List.of(), "libipsec-mb1 is not installed");
        assertGrade("cipher", Check.Grade.FAIL, "not installed");
        cipher = new HostFacts.Cipher("jdk 25", true, List.of("ipsec-mb: not installed"), "");
        assertGrade("cipher", Check.Grade.OK, "AES-GCM by jdk 25; not ipsec-mb");
    }

    @Test
    void waysToThePeersAndSizesAreJudged() {
        peer = peer(1_400, "");
        assertGrade("outer-mtu", Check.Grade.WARN, "uplink-mtu is 1500, but eth0 has 1400");
        peer = peer(0, "network is unreachable");
        assertGrade("peer-route", Check.Grade.FAIL, "no way to 203.0.113.10: network is unreachable");
        assertThat(check()).extracting(Check::name).doesNotContain("outer-mtu");
    }

    @Test
    void detoursOfTheHostAreFound() {
        routes.add(new HostFacts.HostRoute(IpPrefix.parse("172.31.5.0/24"), "eth1", "unicast", 0, false));
        assertGrade("prefixes", Check.Grade.WARN, "172.31.5.0/24 over eth1");
        routes.clear();
        routes.add(new HostFacts.HostRoute(IpPrefix.parse("172.31.5.0/24"), "eth1", "unicast", 0, true));
        routes.add(new HostFacts.HostRoute(IpPrefix.parse("0.0.0.0/0"), "eth1", "unicast", 0, false));
        assertGrade("prefixes", Check.Grade.OK, "172.31.0.0/16");
    }

    @Test
    void otherDaemonsAndConfigurationProblemsAreTold() {
        daemons.add("pluto (pid 9)");
        assertGrade("ipsec-daemons", Check.Grade.WARN, "pluto (pid 9)");
        problems = new HostFacts.ConfigProblems(List.of("twinspan.yaml:7:9 error"), List.of());
        assertGrade("config", Check.Grade.FAIL, "twinspan.yaml:7:9 error");
        problems = new HostFacts.ConfigProblems(List.of(), List.of("twinspan.yaml:8:1 warn"));
        assertGrade("config", Check.Grade.WARN, "1 warnings");
        assertThat(Check.worst(check())).isEqualTo(Check.Grade.WARN);
    }

    @Test
    void privateAddressesAreThoseOfTheRegistries() {
        assertThat(List.of("10.0.0.1", "172.16.3.4", "192.168.1.1", "100.64.0.1", "fd00::1", "169.254.1.1"))
                .allMatch(it -> PathChecks.isPrivate(IpPrefix.parseAddress(it)));
        assertThat(List.of("203.0.113.1", "100.128.0.1", "172.32.0.1", "2001:db8::1", "8.8.8.8"))
                .noneMatch(it -> PathChecks.isPrivate(IpPrefix.parseAddress(it)));
    }
}
