package io.twinspan.config.awsimport;

import io.twinspan.config.bind.InsideAddress;
import io.twinspan.config.bind.NetworkDecoders;
import io.twinspan.crypto.secret.SecretBytes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One tunnel on its way into the file: addresses and key of its own, settings that may turn out to be common to both. */
final class TunnelImport {
    private final TunnelSource source;
    private final String name;
    private final String path;
    private final String keyFile;
    private final ImportLog log;
    private final List<Setting> settings = new ArrayList<>();
    private @Nullable InsidePair inside;
    private @Nullable Sourced<SecretBytes> key;

    /**
     * @param path as in {@code connections.prod.tunnels[0]}
     */
    TunnelImport(TunnelSource source, String name, String path, String keyFile, ImportLog log) {
        this.source = source;
        this.name = name;
        this.path = path;
        this.keyFile = keyFile;
        this.log = log;
    }

    /** Reads all of the source; gaps go to the log. */
    void read(JsonConnection json, ImportOptions options, InsidePair.Family family) {
        checkIkeVersions();
        inside = InsidePair.of(source, family, log).orElse(null);
        key = PresharedKeySource.find(source, name, log).orElse(null);
        if (inside == null) {
            log.missing(path + ".inside.local", name + ": inside addresses (" + family.option() + ")");
        }
        if (key == null) {
            log.missing(path + ".psk-file", name + ": " + PresharedKeySource.whyAbsent(source, json, keyFile));
        }
        identity(options)
                .ifPresentOrElse(
                        address -> settings.add(new Setting("identity", "local", address.value(), address.origin())),
                        () -> log.missing(
                                path + ".identity.local",
                                name + ": our outside address, as AWS knows the customer gateway"));
        settings.add(startup());
        settings.addAll(SuiteSettings.of(source, name, log));
        settings.addAll(TimerSettings.of(source));
    }

    /** True where a tunnel can be written at all. */
    boolean isUsable() {
        return inside != null;
    }

    List<Setting> settings() {
        return settings;
    }

    Optional<ImportedFile> keyFile() {
        return Optional.ofNullable(key).map(found -> new ImportedFile.Key(keyFile, found.value()));
    }

    /** Writes the tunnel's own part, with settings that are not common. */
    void write(YamlText list, int depth, List<Setting> common) {
        YamlText text = new YamlText();
        text.value(0, "psk-file", keyFile);
        Sourced<SecretBytes> secret = key;
        if (secret != null) {
            log.from(path + ".psk-file", "(secret, " + secret.value().length() + " characters)", secret.origin());
        }
        String remote = source.outside().value().getHostAddress();
        text.open(0, "outside").value(1, "remote", remote);
        log.from(path + ".outside.remote", remote, source.outside().origin());
        text.open(0, "inside");
        InsidePair pair = inside;
        if (pair == null) {
            text.comment(1, "MISSING: local: 169.254.x.y/30 and remote: 169.254.x.y");
        } else {
            writeInside(text, pair);
        }
        List<Setting> own = settings.stream()
                .filter(setting -> common.stream().noneMatch(setting::sameAs))
                .toList();
        text.settings(0, own);
        own.forEach(setting -> log.from(setting.path(path), setting.value(), setting.origin()));
        list.item(depth, text);
    }

    private void writeInside(YamlText text, InsidePair pair) {
        InsideAddress address = pair.local().value();
        String local = address.address().getHostAddress() + "/" + address.prefixLength();
        String peer = pair.remote().value().getHostAddress();
        text.value(1, "local", local).value(1, "remote", peer);
        log.from(path + ".inside.local", local, pair.local().origin());
        log.from(path + ".inside.remote", peer, pair.remote().origin());
    }

    /** What AWS registered as the customer gateway; an address to send from is the next best. */
    private Optional<Sourced<String>> identity(ImportOptions options) {
        Optional<Sourced<InetAddress>> registered = source.xml("customer_gateway/tunnel_outside_address/ip_address")
                .flatMap(text -> NetworkDecoders.parseLiteral(text.value())
                        .filter(address -> !address.isAnyLocalAddress())
                        .map(address -> new Sourced<>(address, text.origin())));
        registered
                .filter(address -> address.value().equals(source.outside().value()))
                .ifPresent(
                        address -> log.warn(name + ": AWS's outside address is our own, so the document is a dummy"));
        return registered
                .map(address -> address.map(InetAddress::getHostAddress))
                .or(() -> Optional.of(new Sourced<>(options.bind(), "--bind"))
                        .filter(bind -> !bind.value().isEmpty()));
    }

    private Setting startup() {
        boolean awsStarts = source.option("StartupAction")
                .map(action -> action.value().equals("start"))
                .orElse(false);
        String origin = awsStarts
                ? "ours; AWS starts too (StartupAction start)"
                : "ours; AWS waits for us unless told otherwise (StartupAction)";
        return new Setting("", "startup", "initiate", origin);
    }

    private void checkIkeVersions() {
        source.values("IkeVersions")
                .filter(versions -> !versions.value().contains("ikev2"))
                .ifPresent(versions -> log.error(name + ": " + versions.origin()
                        + " allows IKEv1 only, and Twinspan speaks IKEv2; allow ikev2 at AWS"));
    }
}
