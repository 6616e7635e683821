package io.twinspan.config.awsimport;

import io.twinspan.config.awsimport.JsonConnection.JsonTunnel;
import io.twinspan.config.awsimport.XmlConnection.XmlTunnel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that the document says about the tunnel to one AWS endpoint. */
final class TunnelSource {
    private final Sourced<InetAddress> outside;
    private @Nullable XmlTunnel xml;
    private @Nullable JsonTunnel json;

    TunnelSource(Sourced<InetAddress> outside) {
        this.outside = outside;
    }

    TunnelSource with(XmlTunnel tunnel) {
        xml = tunnel;
        return this;
    }

    TunnelSource with(JsonTunnel tunnel) {
        json = tunnel;
        return this;
    }

    boolean hasOptions() {
        return json != null;
    }

    Sourced<InetAddress> outside() {
        return outside;
    }

    Optional<Sourced<String>> xml(String path) {
        return xml == null ? Optional.empty() : xml.find(path);
    }

    Optional<Sourced<String>> option(String member) {
        return json == null ? Optional.empty() : json.find(member);
    }

    Optional<Sourced<Integer>> number(String member) {
        return json == null ? Optional.empty() : json.number(member);
    }

    Optional<Sourced<List<String>>> values(String member) {
        return json == null ? Optional.empty() : json.values(member);
    }

    /** A number, or AWS's default where the options do not name it. */
    Sourced<Integer> numberOr(String member, int otherwise) {
        return number(member)
                .orElseGet(() -> new Sourced<>(
                        otherwise,
                        hasOptions() ? AwsDefaults.AS_OF + ", " + member + " not given" : AwsDefaults.AS_OF));
    }
}
