package io.twinspan.config.awsimport;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.bind.NetworkDecoders;
import io.twinspan.config.check.SecretSource;
import io.twinspan.config.source.Severity;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One connection from document to files. */
final class ConnectionImport {
    private final XmlConnection xml;
    private final JsonConnection json;
    private final ImportOptions options;
    private final ImportLog log;
    private final String name;
    private final String path;

    ConnectionImport(XmlConnection xml, JsonConnection json, ImportOptions options, ImportLog log) {
        this.xml = xml;
        this.json = json;
        this.options = options;
        this.log = log;
        this.name = name();
        this.path = "connections." + name;
    }

    ImportResult run() {
        checkOptions();
        checkState();
        List<TunnelImport> tunnels = tunnels();
        if (tunnels.stream().noneMatch(TunnelImport::isUsable)) {
            log.error("the document names no tunnel with outside and inside addresses; "
                    + "take the XML of the customer gateway or the whole answer of describe-vpn-connections");
        }
        if (log.hasErrors()) {
            return log.result(ImportedFiles.NONE);
        }
        warnOfBgp();
        List<ImportedFile> files = new ArrayList<>();
        files.add(new ImportedFile.Text("twinspan.yaml", yaml(tunnels)));
        tunnels.forEach(tunnel -> tunnel.keyFile().ifPresent(files::add));
        ImportedFiles result = new ImportedFiles(files);
        checkThatItLoads(result);
        return log.result(result);
    }

    private List<TunnelImport> tunnels() {
        List<TunnelImport> tunnels = new ArrayList<>();
        for (TunnelSource source : TunnelJoin.join(xml, json, log)) {
            int number = tunnels.size() + 1;
            TunnelImport tunnel = new TunnelImport(
                    source,
                    "tunnel " + number + " (" + source.outside().value().getHostAddress() + ")",
                    path + ".tunnels[" + tunnels.size() + "]",
                    "secrets/" + name + "-" + number + ".psk",
                    log);
            tunnel.read(json, options, family());
            tunnels.add(tunnel);
        }
        return tunnels;
    }

    private String yaml(List<TunnelImport> tunnels) {
        Networks networks = Networks.of(json, options, family(), log);
        YamlText text = new YamlText();
        header(text);
        text.value(0, "version", "1").blank();
        text.open(0, "connections").open(1, name);
        String device = Names.device(name);
        text.value(2, "device", device);
        log.from(path + ".device", device, "made from the connection's name");
        networks(text, "local", networks.local(), "on-prem networks (--local)");
        networks(text, "remote", networks.remote(), "AWS networks (--remote)");
        if (!options.bind().isEmpty()) {
            text.open(2, "outside").value(3, "bind", options.bind());
            log.from(path + ".outside.bind", options.bind(), "--bind");
        }
        List<Setting> common = common(tunnels);
        List<Setting> all = Stream.concat(
                        Stream.of(encapsulation()), Stream.concat(common.stream(), networks.selectors().stream()))
                .toList();
        text.blank().comment(2, "for both tunnels").settings(2, all);
        all.forEach(setting -> log.from(setting.path(path), setting.value(), setting.origin()));
        text.blank().open(2, "tunnels");
        tunnels.forEach(tunnel -> tunnel.write(text, 3, common));
        return text.toString();
    }

    private void header(YamlText text) {
        text.comment(0, "Made by 'twinspan import aws' from VPN connection " + id() + ".");
        String target = Stream.of("TransitGatewayId", "VpnGatewayId", "VpnConcentratorId", "CoreNetworkArn")
                .flatMap(member -> json.find(member).stream())
                .findFirst()
                .or(() -> xml.find("vpn_gateway_id"))
                .map(found -> Names.clean(found.value()))
                .orElse("a transit gateway or another target that the document does not name");
        text.comment(0, "AWS side: " + target + ".");
        text.comment(0, "Pre-shared keys stand in files of their own and never here.");
        text.comment(0, "After a change: twinspan config check twinspan.yaml");
    }

    private void networks(YamlText text, String key, List<Sourced<IpPrefix>> prefixes, String what) {
        if (prefixes.isEmpty()) {
            text.comment(2, "MISSING: " + key + ": " + what);
            log.missing(path + "." + key, what);
            return;
        }
        text.list(
                2,
                key,
                prefixes.stream().map(prefix -> prefix.value().toString()).toList());
        for (int index = 0; index < prefixes.size(); index++) {
            Sourced<IpPrefix> prefix = prefixes.get(index);
            log.from(path + "." + key + "[" + index + "]", prefix.value().toString(), prefix.origin());
        }
    }

    /** Settings that every tunnel has alike. */
    private static List<Setting> common(List<TunnelImport> tunnels) {
        return tunnels.getFirst().settings().stream()
                .filter(setting -> tunnels.stream()
                        .allMatch(tunnel -> tunnel.settings().stream().anyMatch(setting::sameAs)))
                .toList();
    }

    private Setting encapsulation() {
        return json.isTrue("Options.EnableAcceleration")
                ? new Setting(
                        "",
                        "encapsulation",
                        "udp",
                        "JSON Options.EnableAcceleration: accelerated tunnels need UDP 4500")
                : new Setting("", "encapsulation", "auto", "our default");
    }

    private InsidePair.Family family() {
        boolean ipv6 = json.find("Options.TunnelInsideIpVersion")
                .map(version -> version.value().equalsIgnoreCase("ipv6"))
                .orElseGet(() -> xml.tunnels().stream()
                        .anyMatch(tunnel -> tunnel.find("customer_gateway/tunnel_inside_ipv6_address/ip_address")
                                .isPresent()));
        return ipv6 ? InsidePair.Family.IPV6 : InsidePair.Family.IPV4;
    }

    private void checkOptions() {
        if (!options.connectionName().isEmpty() && !Names.isConnectionName(options.connectionName())) {
            log.error("'" + Names.clean(options.connectionName())
                    + "' cannot name a connection: letters, digits and dashes, 32 at most");
        }
        if (!options.bind().isEmpty()
                && NetworkDecoders.parseLiteral(options.bind()).isEmpty()) {
            log.error("--bind: '" + Names.clean(options.bind()) + "' is not an address");
        }
    }

    private void checkState() {
        String state = json.find("State").map(Sourced::value).orElse("available");
        if (state.startsWith("delet")) {
            log.error("connection " + id() + " is " + Names.clean(state));
        } else if (state.equals("pending")) {
            log.warn("connection " + id() + " is still pending; AWS may change its addresses, import again later");
        }
    }

    private void warnOfBgp() {
        boolean saysStatic = json.isTrue("Options.StaticRoutesOnly")
                || xml.find("vpn_connection_attributes")
                        .map(attribute -> attribute.value().contains("NoBGP"))
                        .orElse(false);
        Optional<Sourced<String>> own = xml.tunnels().stream()
                .flatMap(tunnel -> tunnel.find("customer_gateway/bgp/asn").stream())
                .findFirst();
        if (!saysStatic && own.isPresent()) {
            log.warn(
                    "this connection uses BGP (our AS " + Names.clean(own.get().value())
                            + "), which is not spoken yet: the tunnels come up, but AWS learns no route to the on-prem networks");
        }
    }

    /** The files must be good as they are, except for what was reported missing. */
    private void checkThatItLoads(ImportedFiles files) {
        Map<String, SecretBytes> keys = new HashMap<>();
        for (ImportedFile file : files.files()) {
            if (file instanceof ImportedFile.Key(String keyPath, SecretBytes key)) {
                keys.put(keyPath, SecretBytes.copyOf(key.expose()));
            }
        }
        SecretSource source = keyPath -> Optional.ofNullable(keys.get(keyPath))
                .<SecretSource.Answer>map(key -> new SecretSource.Answer.Found(key, ""))
                .orElseGet(() -> new SecretSource.Answer.Refused("is missing", ""));
        LoadResult loaded = ConfigLoader.load("twinspan.yaml", files.yaml().orElse(""), source);
        loaded.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR && !isReported(problem.path()))
                .forEach(problem -> log.error(problem.path() + ": " + problem.sentence()));
    }

    private boolean isReported(String problemPath) {
        return log.isMissing(problemPath)
                || log.isMissing(problemPath + ".local")
                || log.isMissing(problemPath.replaceFirst("\\.remote$", ".local"));
    }

    private String name() {
        return Stream.of(
                        options.connectionName(),
                        json.nameTag().map(Sourced::value).orElse(""),
                        json.find("VpnConnectionId").map(Sourced::value).orElse(""),
                        xml.id().map(Sourced::value).orElse(""))
                .map(Names::connectionName)
                .filter(candidate -> !candidate.isEmpty())
                .findFirst()
                .orElse("aws");
    }

    private String id() {
        return json.find("VpnConnectionId")
                .or(xml::id)
                .map(id -> Names.clean(id.value()))
                .orElse("without id");
    }
}
