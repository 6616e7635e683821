package io.twinspan.daemon.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * The lab's network.
 *
 * <pre>
 *  host-a 10.1.0.10 --- gateway --- [nat] --- internet --- aws-1 203.0.113.10 ---.
 *                                              |                                  vpc 172.31.0.10
 *                                              '---------- aws-2 203.0.113.90 ---'
 * </pre>
 *
 * <p>The two AWS endpoints are one namespace where one daemon plays both, or two where each runs a peer of its own.
 */
public final class LabTopology implements AutoCloseable {
    public static final String ON_PREM_PREFIX = "10.1.0.0/24";
    public static final String ON_PREM_HOST = "10.1.0.10";
    public static final String GATEWAY_LAN = "10.1.0.1";
    public static final String GATEWAY_PUBLIC = "198.51.100.2";
    public static final String GATEWAY_PRIVATE = "192.168.50.2";
    public static final String VPC_PREFIX = "172.31.0.0/16";
    public static final String VPC_HOST = "172.31.0.10";
    public static final List<String> ENDPOINTS = List.of("203.0.113.10", "203.0.113.90");

    private static final List<String> ENDPOINT_ROUTERS = List.of("203.0.113.9", "203.0.113.89");
    private static final int ENDPOINT_LENGTH = 29;

    private final List<LabNamespace> all = new ArrayList<>();
    private final LabNamespace hostA;
    private final LabNamespace gateway;
    private final LabNamespace internet;
    private final LabNamespace vpc;
    private final List<LabNamespace> endpoints;
    private final boolean nat;

    /**
     * Builds the namespaces, cables, addresses and routes.
     *
     * @param nat true puts a masquerading router between the gateway and the internet
     * @param separateEndpoints true gives each AWS endpoint a namespace of its own
     */
    public LabTopology(boolean nat, boolean separateEndpoints) {
        this.nat = nat;
        try {
            hostA = add("host-a");
            gateway = add("gateway");
            internet = add("internet");
            vpc = add("vpc");
            LabNamespace first = add("aws-1");
            endpoints = List.of(first, separateEndpoints ? add("aws-2") : first);
            connectOnPrem();
            connectEndpoint(0);
            connectEndpoint(1);
            connectVpc(separateEndpoints);
        } catch (LabException e) {
            close();
            throw e;
        }
    }

    public LabNamespace hostA() {
        return hostA;
    }

    public LabNamespace gateway() {
        return gateway;
    }

    public LabNamespace internet() {
        return internet;
    }

    /** The masquerading router; only where the lab was built with one. */
    public LabNamespace nat() {
        return all.stream()
                .filter(namespace -> namespace.name().equals("nat"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this lab has no NAT"));
    }

    public LabNamespace vpc() {
        return vpc;
    }

    /** The namespace of AWS endpoint 1 or 2. */
    public LabNamespace endpoint(int tunnel) {
        return endpoints.get(tunnel - 1);
    }

    /** The outside address the gateway sends from. */
    public String gatewayOutside() {
        return nat ? GATEWAY_PRIVATE : GATEWAY_PUBLIC;
    }

    /** The device of the internet node that faces the gateway: every packet between gateway and AWS crosses it. */
    public String tapDevice() {
        return "to-gateway";
    }

    /** Makes everything to and from one endpoint vanish without a word, as a dead path does. */
    public void cut(int tunnel) {
        internet.run("ip", "route", "replace", "blackhole", ENDPOINTS.get(tunnel - 1) + "/32");
        internet.run("ip", "rule", "add", "priority", priority(tunnel), "iif", "to-aws-" + tunnel, "blackhole");
    }

    /** Heals what {@link #cut} did. */
    public void heal(int tunnel) {
        internet.run("ip", "route", "del", "blackhole", ENDPOINTS.get(tunnel - 1) + "/32");
        internet.run("ip", "rule", "del", "priority", priority(tunnel));
    }

    /** Sends the VPC host's traffic for the on-prem network through one endpoint; what AWS decides by itself. */
    public void routeVpcThrough(int tunnel) {
        vpc.run("ip", "route", "replace", ON_PREM_PREFIX, "via", vpcLink(tunnel, 1), "src", VPC_HOST);
    }

    /** On an AWS endpoint: takes its inside address and routes the on-prem side into a tunnel device. */
    public void routeIntoTunnel(int tunnel, String device, String insideLocal, String insideRemote) {
        LabNamespace endpoint = endpoint(tunnel);
        endpoint.run("ip", "address", "replace", insideLocal + "/32", "dev", "lo");
        endpoint.run("ip", "route", "replace", insideRemote + "/32", "dev", device, "src", insideLocal);
        endpoint.run("ip", "route", "replace", ON_PREM_PREFIX, "dev", device);
    }

    private static String priority(int tunnel) {
        return Integer.toString(100 + tunnel);
    }

    private void connectOnPrem() {
        hostA.connect("eth0", gateway, "lan0");
        hostA.address("eth0", ON_PREM_HOST + "/24");
        gateway.address("lan0", GATEWAY_LAN + "/24");
        hostA.route("default", GATEWAY_LAN);
        gateway.sysctl("net/ipv4/ip_forward", "1");
        internet.sysctl("net/ipv4/ip_forward", "1");
        if (!nat) {
            gateway.connect("wan0", internet, tapDevice());
            gateway.address("wan0", GATEWAY_PUBLIC + "/24");
            internet.address(tapDevice(), "198.51.100.1/24");
            gateway.route("default", "198.51.100.1");
            return;
        }
        LabNamespace router = add("nat");
        router.sysctl("net/ipv4/ip_forward", "1");
        gateway.connect("wan0", router, "inside0");
        router.connect("outside0", internet, tapDevice());
        gateway.address("wan0", GATEWAY_PRIVATE + "/24");
        router.address("inside0", "192.168.50.1/24");
        router.address("outside0", GATEWAY_PUBLIC + "/24");
        internet.address(tapDevice(), "198.51.100.1/24");
        gateway.route("default", "192.168.50.1");
        router.route("default", "198.51.100.1");
        router.run(
                "nft",
                "add table ip lab; add chain ip lab out { type nat hook postrouting priority 100; };"
                        + " add rule ip lab out oifname outside0 masquerade");
    }

    private void connectEndpoint(int index) {
        LabNamespace endpoint = endpoints.get(index);
        String device = "to-aws-" + (index + 1);
        internet.connect(device, endpoint, "wan" + index);
        internet.address(device, ENDPOINT_ROUTERS.get(index) + "/" + ENDPOINT_LENGTH);
        endpoint.address("wan" + index, ENDPOINTS.get(index) + "/" + ENDPOINT_LENGTH);
        endpoint.sysctl("net/ipv4/ip_forward", "1");
        // Where both endpoints are one node, each answers over its own cable.
        String table = Integer.toString(101 + index);
        endpoint.run("ip", "route", "replace", "default", "via", ENDPOINT_ROUTERS.get(index), "table", table);
        endpoint.run("ip", "rule", "add", "from", ENDPOINTS.get(index), "table", table);
        if (index == 0 || endpoints.get(0) != endpoint) {
            endpoint.route("default", ENDPOINT_ROUTERS.get(index));
        }
    }

    private void connectVpc(boolean separateEndpoints) {
        vpc.address("lo", VPC_HOST + "/32");
        for (int tunnel = 1; tunnel <= (separateEndpoints ? 2 : 1); tunnel++) {
            LabNamespace endpoint = endpoint(tunnel);
            vpc.connect("to-aws-" + tunnel, endpoint, "vpc0");
            vpc.address("to-aws-" + tunnel, vpcLink(tunnel, 2) + "/30");
            endpoint.address("vpc0", vpcLink(tunnel, 1) + "/30");
            endpoint.route(VPC_HOST + "/32", vpcLink(tunnel, 2));
        }
        // The VPC host may answer through another endpoint than the question came from.
        vpc.sysctl("net/ipv4/conf/all/rp_filter", "0");
        routeVpcThrough(1);
        vpc.route("default", vpcLink(1, 1));
    }

    private static String vpcLink(int tunnel, int host) {
        return "172.30.0." + (tunnel * 4 + host);
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
