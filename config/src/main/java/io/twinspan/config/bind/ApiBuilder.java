package io.twinspan.config.bind;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.ApiConfig.Client;
import io.twinspan.config.model.ApiConfig.Listener;
import io.twinspan.config.model.ApiConfig.SocketGroups;
import io.twinspan.config.model.ApiConfig.Tls;
import io.twinspan.config.source.Located;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the model of the section {@code api}, in which no error was found. */
final class ApiBuilder {
    private ApiBuilder() {}

    /** @param files the file that a name stands for */
    static ApiConfig build(Section document, Function<String, Path> files) {
        return document.find(ConfigKeys.API)
                .map(section -> of(section.value(), files))
                .orElse(ApiConfig.DEFAULT);
    }

    private static ApiConfig of(Section api, Function<String, Path> files) {
        SocketGroups groups = new SocketGroups(
                text(api, ConfigKeys.READ_GROUP),
                text(api, ConfigKeys.CHANGE_GROUP),
                text(api, ConfigKeys.ADMIN_GROUP));
        return new ApiConfig(
                groups,
                api.find(ConfigKeys.LISTEN)
                        .map(listen -> listener(api, listen.value(), files))
                        .orElse(null));
    }

    private static Listener listener(Section api, InetSocketAddress listen, Function<String, Path> files) {
        List<String> hosts = api.find(ConfigKeys.HOSTS)
                .map(found -> found.value().stream().map(Located::value).toList())
                .orElse(List.of());
        return new Listener(
                listen.getAddress(),
                listen.getPort(),
                hosts,
                file(api.find(ConfigKeys.TOKENS), files),
                api.find(ConfigKeys.TLS).map(tls -> tls(tls.value(), files)).orElse(null));
    }

    private static Tls tls(Section tls, Function<String, Path> files) {
        List<Client> clients = tls.find(ConfigKeys.CLIENTS)
                .map(found -> found.value().stream()
                        .map(client -> client(client.value()))
                        .toList())
                .orElse(List.of());
        return new Tls(
                files.apply(text(tls, ConfigKeys.CERTIFICATE)),
                files.apply(text(tls, ConfigKeys.TLS_KEY)),
                file(tls.find(ConfigKeys.CLIENT_CA), files),
                clients);
    }

    private static Client client(Section client) {
        return new Client(
                text(client, ConfigKeys.SUBJECT),
                client.find(ConfigKeys.CLIENT_ROLE).orElseThrow().value());
    }

    private static @Nullable Path file(Optional<Located<String>> name, Function<String, Path> files) {
        return name.map(found -> files.apply(found.value())).orElse(null);
    }

    private static String text(Section section, Key<String> key) {
        return section.find(key).map(Located::value).orElse("");
    }
}
