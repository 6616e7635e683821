package io.twinspan.config.awsimport;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the connections in what the AWS command line prints, with or without its envelope. */
final class AwsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AwsJson() {}

    /** A document read, or why not. */
    sealed interface Parsed {
        record Connections(List<JsonConnection> connections) implements Parsed {}

        /** {@code --query ...CustomerGatewayConfiguration} prints the XML as one JSON string. */
        record XmlInside(String xml) implements Parsed {}

        record Unreadable(String reason) implements Parsed {}
    }

    static Parsed parse(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root.isString() ? new Parsed.XmlInside(root.stringValue().strip()) : connections(root);
        } catch (JacksonException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            return new Parsed.Unreadable("the JSON is broken" + place);
        }
    }

    private static Parsed connections(JsonNode root) {
        List<JsonConnection> found = new ArrayList<>();
        JsonNode listed = root.path("VpnConnections");
        JsonNode single = root.path("VpnConnection");
        if (listed.isArray() || root.isArray()) {
            for (JsonNode item : listed.isArray() ? listed.values() : root.values()) {
                if (item.isObject()) {
                    found.add(new JsonConnection(item));
                }
            }
        } else if (single.isObject()) {
            found.add(new JsonConnection(single));
        } else if (root.has("VpnConnectionId") || root.has("CustomerGatewayConfiguration")) {
            found.add(new JsonConnection(root));
        }
        return found.isEmpty()
                ? new Parsed.Unreadable(
                        "the JSON holds no VPN connection; 'aws ec2 describe-vpn-connections' prints one")
                : new Parsed.Connections(found);
    }
}
