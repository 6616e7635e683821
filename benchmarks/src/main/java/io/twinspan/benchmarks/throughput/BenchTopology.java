package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.LabException;
import io.twinspan.daemon.lab.LabNamespace;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts, two gateways and three cables, all with an MTU of 1500. The hosts' devices cut bursts of UDP, so that gateways
 * get them as single packets; super-packets of TCP they pass on.
 *
 * <pre>
 *  host-a 10.1.0.10 --- 10.1.0.1 gateway-a 203.0.113.1 --- 203.0.113.2 gateway-b 10.2.0.1 --- 10.2.0.10 host-b
 * </pre>
 */
final class BenchTopology implements AutoCloseable {
    static final String HOST_A = "10.1.0.10";
    static final String HOST_B = "10.2.0.10";
    static final String PREFIX_A = "10.1.0.0/24";
    static final String PREFIX_B = "10.2.0.0/24";
    static final String OUTSIDE_A = "203.0.113.1";
    static final String OUTSIDE_B = "203.0.113.2";

    private static final String LAN_A = "10.1.0.1";
    private static final String LAN_B = "10.2.0.1";
    private static final String OUTSIDE_DEVICE = "wan0";

    private final List<LabNamespace> all = new ArrayList<>();
    private final LabNamespace hostA;
    private final LabNamespace gatewayA;
    private final LabNamespace gatewayB;
    private final LabNamespace hostB;

    /** Builds everything; no route leads from one host to the other yet. */
    BenchTopology(Mode mode) {
        try {
            hostA = add("host-a");
            gatewayA = add("gateway-a");
            gatewayB = add("gateway-b");
            hostB = add("host-b");
            connectHost(hostA, HOST_A, gatewayA, LAN_A);
            connectHost(hostB, HOST_B, gatewayB, LAN_B);
            gatewayA.connect(OUTSIDE_DEVICE, gatewayB, OUTSIDE_DEVICE);
            gatewayA.address(OUTSIDE_DEVICE, OUTSIDE_A + "/24");
            gatewayB.address(OUTSIDE_DEVICE, OUTSIDE_B + "/24");
            setFeatures(gatewayA, OUTSIDE_DEVICE, mode.features());
            setFeatures(gatewayB, OUTSIDE_DEVICE, mode.features());
        } catch (LabException e) {
            close();
            throw e;
        }
    }

    LabNamespace hostA() {
        return hostA;
    }

    LabNamespace hostB() {
        return hostB;
    }

    LabNamespace gatewayA() {
        return gatewayA;
    }

    LabNamespace gatewayB() {
        return gatewayB;
    }

    /** Sends each side's traffic for the other through a device of its gateway. */
    void routeInto(String deviceA, String deviceB) {
        gatewayA.run("ip", "route", "replace", PREFIX_B, "dev", deviceA);
        gatewayB.run("ip", "route", "replace", PREFIX_A, "dev", deviceB);
    }

    /** Plain routing over the outside link. */
    void routeDirectly() {
        gatewayA.route(PREFIX_B, OUTSIDE_B);
        gatewayB.route(PREFIX_A, OUTSIDE_A);
    }

    private static void connectHost(LabNamespace host, String address, LabNamespace gateway, String lanAddress) {
        host.connect("eth0", gateway, "lan0");
        setFeatures(host, "eth0", List.of("tx-udp-segmentation", "off"));
        host.address("eth0", address + "/24");
        gateway.address("lan0", lanAddress + "/24");
        host.route("default", lanAddress);
        gateway.sysctl("net/ipv4/ip_forward", "1");
    }

    private static void setFeatures(LabNamespace namespace, String device, List<String> features) {
        if (features.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("ethtool", "-K", device));
        command.addAll(features);
        namespace.run(command.toArray(String[]::new));
    }

    private LabNamespace add(String name) {
        LabNamespace namespace = LabNamespace.create(name);
        all.add(namespace);
        return namespace;
    }

    @Override
    public void close() {
        all.forEach(LabNamespace::close);
    }
}
