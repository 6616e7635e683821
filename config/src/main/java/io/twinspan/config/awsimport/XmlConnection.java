package io.twinspan.config.awsimport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The {@code vpn_connection} element; without one, a connection that says nothing. */
final class XmlConnection {
    private static final String ROOT = "XML /vpn_connection/";

    private final @Nullable Element root;

    XmlConnection(Optional<Element> root) {
        this.root = root.orElse(null);
    }

    static XmlConnection none() {
        return new XmlConnection(Optional.empty());
    }

    boolean isPresent() {
        return root != null;
    }

    Optional<Sourced<String>> id() {
        String id = root == null ? "" : root.getAttribute("id").strip();
        return id.isEmpty() ? Optional.empty() : Optional.of(new Sourced<>(id, ROOT + "@id"));
    }

    /** A child's text; empty elements count as absent. */
    Optional<Sourced<String>> find(String path) {
        return root == null ? Optional.empty() : find(root, path, ROOT);
    }

    List<XmlTunnel> tunnels() {
        List<XmlTunnel> tunnels = new ArrayList<>();
        if (root != null) {
            for (Element element : AwsXml.children(root, "ipsec_tunnel")) {
                tunnels.add(new XmlTunnel(element, ROOT + "ipsec_tunnel[" + (tunnels.size() + 1) + "]/"));
            }
        }
        return tunnels;
    }

    private static Optional<Sourced<String>> find(Element from, String path, String origin) {
        Element element = from;
        for (String name : path.split("/")) {
            List<Element> children = AwsXml.children(element, name);
            if (children.isEmpty()) {
                return Optional.empty();
            }
            element = children.getFirst();
        }
        String text = AwsXml.text(element);
        return text.isEmpty() ? Optional.empty() : Optional.of(new Sourced<>(text, origin + path));
    }

    /** One {@code ipsec_tunnel} element. */
    record XmlTunnel(Element element, String origin) {
        /** The text at a path below the tunnel. */
        Optional<Sourced<String>> find(String path) {
            return XmlConnection.find(element, path, origin);
        }
    }
}
