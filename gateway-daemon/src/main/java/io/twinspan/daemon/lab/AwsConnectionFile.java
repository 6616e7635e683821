package io.twinspan.daemon.lab;

import java.security.SecureRandom;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file that AWS would hand out for the lab's connection, in the form of {@code aws ec2 describe-vpn-connections}, so
 * that the lab starts where a user starts.
 *
 * @param vpnConnectionId made up
 * @param gatewayAddress the customer gateway's public address
 * @param endpoints outside addresses of the two AWS endpoints
 * @param insideNetworks first three octets and base of each inside /30
 * @param preSharedKeys one for each tunnel
 */
record AwsConnectionFile(
        String vpnConnectionId,
        String gatewayAddress,
        List<String> endpoints,
        List<InsideNetwork> insideNetworks,
        List<String> preSharedKeys) {
    private static final String KEY_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    private static final int KEY_LENGTH = 32;

    /** One inside /30: AWS has the first usable address, the gateway the second. */
    record InsideNetwork(String firstThreeOctets, int base) {
        String cidr() {
            return firstThreeOctets + "." + base + "/30";
        }

        String awsAddress() {
            return firstThreeOctets + "." + (base + 1);
        }

        String gatewayAddress() {
            return firstThreeOctets + "." + (base + 2);
        }
    }

    /** The lab's connection with fresh keys. */
    static AwsConnectionFile forLab(SecureRandom random) {
        return new AwsConnectionFile(
                "vpn-0lab0000000000001",
                LabTopology.GATEWAY_PUBLIC,
                LabTopology.ENDPOINTS,
                List.of(new InsideNetwork("169.254.58", 232), new InsideNetwork("169.254.58", 220)),
                List.of(freshKey(random), freshKey(random)));
    }

    /** The file's text. */
    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ObjectNode connection = root.putArray("VpnConnections").addObject();
        connection.put("VpnConnectionId", vpnConnectionId);
        connection.put("State", "available");
        connection.put("Type", "ipsec.1");
        connection.put("Category", "VPN");
        connection.put("CustomerGatewayId", "cgw-0lab0000000000001");
        connection.put("VpnGatewayId", "vgw-0lab0000000000001");
        connection.put("CustomerGatewayConfiguration", xml());
        ObjectNode options = connection.putObject("Options");
        options.put("StaticRoutesOnly", true);
        options.put("LocalIpv4NetworkCidr", "0.0.0.0/0");
        options.put("RemoteIpv4NetworkCidr", "0.0.0.0/0");
        options.put("TunnelInsideIpVersion", "ipv4");
        ArrayNode tunnels = options.putArray("TunnelOptions");
        for (int i = 0; i < endpoints.size(); i++) {
            ObjectNode tunnel = tunnels.addObject();
            tunnel.put("OutsideIpAddress", endpoints.get(i));
            tunnel.put("TunnelInsideCidr", insideNetworks.get(i).cidr());
            tunnel.put("PreSharedKey", preSharedKeys.get(i));
        }
        // A static route of a VPN connection is a network on the customer's side.
        ObjectNode route = connection.putArray("Routes").addObject();
        route.put("DestinationCidrBlock", LabTopology.ON_PREM_PREFIX);
        route.put("Source", "Static");
        route.put("State", "available");
        return root.toPrettyString();
    }

    private String xml() {
        StringBuilder xml = new StringBuilder(4_096);
        xml.append("""
                <?xml version="1.0" encoding="UTF-8"?>
                <vpn_connection id="%s">
                  <customer_gateway_id>cgw-0lab0000000000001</customer_gateway_id>
                  <vpn_gateway_id>vgw-0lab0000000000001</vpn_gateway_id>
                  <vpn_connection_type>ipsec.1</vpn_connection_type>
                  <vpn_connection_attributes>NoBGPVPNConnection</vpn_connection_attributes>
                """.formatted(vpnConnectionId));
        for (int i = 0; i < endpoints.size(); i++) {
            appendTunnel(xml, i);
        }
        return xml.append("</vpn_connection>\n").toString();
    }

    private void appendTunnel(StringBuilder xml, int index) {
        InsideNetwork inside = insideNetworks.get(index);
        xml.append("  <ipsec_tunnel>\n");
        appendEnd(xml, "customer_gateway", gatewayAddress, inside.gatewayAddress());
        appendEnd(xml, "vpn_gateway", endpoints.get(index), inside.awsAddress());
        xml.append("""
                    <ike>
                      <authentication_protocol>sha1</authentication_protocol>
                      <encryption_protocol>aes-128-cbc</encryption_protocol>
                      <lifetime>28800</lifetime>
                      <perfect_forward_secrecy>group2</perfect_forward_secrecy>
                      <mode>main</mode>
                      <pre_shared_key>%s</pre_shared_key>
                    </ike>
                    <ipsec>
                      <protocol>esp</protocol>
                      <authentication_protocol>hmac-sha1-96</authentication_protocol>
                      <encryption_protocol>aes-128-cbc</encryption_protocol>
                      <lifetime>3600</lifetime>
                      <perfect_forward_secrecy>group2</perfect_forward_secrecy>
                      <mode>tunnel</mode>
                      <clear_df_bit>true</clear_df_bit>
                      <fragmentation_before_encryption>true</fragmentation_before_encryption>
                      <tcp_mss_adjustment>1379</tcp_mss_adjustment>
                      <dead_peer_detection>
                        <interval>10</interval>
                        <retries>3</retries>
                      </dead_peer_detection>
                    </ipsec>
                  </ipsec_tunnel>
                """.formatted(preSharedKeys.get(index)));
    }

    private static void appendEnd(StringBuilder xml, String element, String outside, String inside) {
        xml.append("""
                    <%s>
                      <tunnel_outside_address>
                        <ip_address>%s</ip_address>
                      </tunnel_outside_address>
                      <tunnel_inside_address>
                        <ip_address>%s</ip_address>
                        <network_mask>255.255.255.252</network_mask>
                        <network_cidr>30</network_cidr>
                      </tunnel_inside_address>
                    </%s>
                """.formatted(element, outside, inside, element));
    }

    private static String freshKey(SecureRandom random) {
        StringBuilder key = new StringBuilder(KEY_LENGTH);
        // AWS refuses a key that starts with 0; a letter first is always fine.
        key.append(KEY_CHARACTERS.charAt(random.nextInt(52)));
        while (key.length() < KEY_LENGTH) {
            key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
        }
        return key.toString();
    }

    /** Never prints the keys. */
    @Override
    public String toString() {
        return "AwsConnectionFile[" + vpnConnectionId + "]";
    }
}
