package io.twinspan.config.awsimport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One element of {@code VpnConnections}; without one, a connection that says nothing. */
record JsonConnection(JsonNode node) {
    static JsonConnection none() {
        return new JsonConnection(MissingNode.getInstance());
    }

    boolean isPresent() {
        return node.isObject();
    }

    /** Text of a member, {@code Options.X} for nested ones; empty text counts as absent. */
    Optional<Sourced<String>> find(String path) {
        JsonNode value = node;
        for (String name : path.split("\\.")) {
            value = value.path(name);
        }
        return text(value, "JSON " + path);
    }

    boolean isTrue(String path) {
        return find(path).map(found -> found.value().equals("true")).orElse(false);
    }

    /** The option sets, one for each tunnel, in the document's order. */
    List<JsonTunnel> tunnels() {
        List<JsonTunnel> tunnels = new ArrayList<>();
        for (JsonNode options : node.path("Options").path("TunnelOptions").values()) {
            tunnels.add(new JsonTunnel(options, "JSON Options.TunnelOptions[" + tunnels.size() + "]."));
        }
        return tunnels;
    }

    /** Outside addresses named by the telemetry, the last resort for knowing how many tunnels there are. */
    List<Sourced<String>> telemetryAddresses() {
        return membersOf("VgwTelemetry", "OutsideIpAddress");
    }

    /** Static routes that are not being deleted; on the AWS side these name the on-prem networks. */
    List<Sourced<String>> staticRoutes() {
        List<Sourced<String>> routes = new ArrayList<>();
        int index = 0;
        for (JsonNode route : node.path("Routes").values()) {
            String origin = "JSON Routes[" + index++ + "].DestinationCidrBlock";
            boolean gone = route.path("State").asString("").startsWith("delet");
            text(route.path("DestinationCidrBlock"), origin).filter(_ -> !gone).ifPresent(routes::add);
        }
        return routes;
    }

    Optional<Sourced<String>> nameTag() {
        for (JsonNode tag : node.path("Tags").values()) {
            if (tag.path("Key").asString("").equals("Name")) {
                return text(tag.path("Value"), "JSON Tags[Name]");
            }
        }
        return Optional.empty();
    }

    private List<Sourced<String>> membersOf(String list, String member) {
        List<Sourced<String>> found = new ArrayList<>();
        int index = 0;
        for (JsonNode item : node.path(list).values()) {
            text(item.path(member), "JSON " + list + "[" + index++ + "]." + member)
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Sourced<String>> text(JsonNode value, String origin) {
        String text =
                value.isValueNode() && !value.isNull() ? value.asString("").strip() : "";
        return text.isEmpty() ? Optional.empty() : Optional.of(new Sourced<>(text, origin));
    }

    /** One element of {@code TunnelOptions}. */
    record JsonTunnel(JsonNode node, String origin) {
        Optional<Sourced<String>> find(String member) {
            return text(node.path(member), origin + member);
        }

        /** A whole number, written as number or as text. */
        Optional<Sourced<Integer>> number(String member) {
            return find(member)
                    .filter(text -> text.value().matches("[0-9]{1,9}"))
                    .map(text -> text.map(Integer::valueOf));
        }

        /** A list of {@code {"Value": x}}; absent and empty both mean AWS's default. */
        Optional<Sourced<List<String>>> values(String member) {
            List<String> values = new ArrayList<>();
            for (JsonNode item : node.path(member).values()) {
                text(item.isObject() ? item.path("Value") : item, "").ifPresent(found -> values.add(found.value()));
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(new Sourced<>(values, origin + member));
        }
    }
}
