package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.config.source.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** One connection as decoded, with its tunnels. */
public record ConnectionView(String name, SourceLocation nameAt, Section section, List<TunnelView> tunnels) {
    public ConnectionView {
        tunnels = List.copyOf(tunnels);
    }

    /** All connections of a document, whatever of them could be decoded. A tunnel's number is its place if not given. */
    public static List<ConnectionView> of(Section document) {
        return document.find(ConfigKeys.CONNECTIONS).map(Located::value).orElse(List.of()).stream()
                .map(ConnectionView::of)
                .toList();
    }

    private static ConnectionView of(NamedSection named) {
        List<Located<Section>> sections =
                named.section().find(ConfigKeys.TUNNELS).map(Located::value).orElse(List.of());
        List<TunnelView> tunnels = new ArrayList<>();
        for (Located<Section> tunnel : sections) {
            int place = tunnels.size() + 1;
            int number =
                    tunnel.value().find(ConfigKeys.NUMBER).map(Located::value).orElse(place);
            tunnels.add(new TunnelView(named.name(), number, tunnel.value(), named.section()));
        }
        return new ConnectionView(named.name(), named.nameAt(), named.section(), tunnels);
    }

    /** The TUN device's name: as given, or made from the connection's name and short enough for the kernel. */
    public String device() {
        String own = "ts-" + name;
        String fitting = own.length() <= 15 ? own : "ts-" + Integer.toHexString(name.hashCode());
        return section.find(ConfigKeys.DEVICE_NAME).map(Located::value).orElse(fitting);
    }
}
