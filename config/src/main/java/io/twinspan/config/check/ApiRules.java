package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.Key;
import io.twinspan.config.bind.Section;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Nobody reaches the API over a network without TLS, and nobody without a token or a certificate of their own. */
public final class ApiRules {
    private ApiRules() {}

    /** Checks the section {@code api}; the TLS key is looked at and forgotten. */
    public static void check(Section document, SecretSource files, ProblemSink problems) {
        document.find(ConfigKeys.API).map(Located::value).ifPresent(api -> {
            Optional<Section> tls = api.find(ConfigKeys.TLS).map(Located::value);
            api.find(ConfigKeys.LISTEN)
                    .ifPresentOrElse(listen -> reach(listen, api, tls, problems), () -> unused(api, problems));
            tls.ifPresent(section -> {
                clients(section, problems);
                key(section, files, problems);
            });
        });
    }

    private static void reach(
            Located<InetSocketAddress> listen, Section api, Optional<Section> tls, ProblemSink problems) {
        if (listen.value().getAddress().isLoopbackAddress()) {
            return;
        }
        if (tls.isEmpty()) {
            problems.error(
                    listen.at(),
                    listen.path(),
                    "other machines would reach the API without TLS",
                    "listen on 127.0.0.1, or add 'tls' with 'certificate' and 'key'");
            return;
        }
        boolean certificates =
                tls.flatMap(section -> section.find(ConfigKeys.CLIENT_CA)).isPresent();
        if (!certificates && api.find(ConfigKeys.TOKENS).isEmpty()) {
            problems.error(
                    listen.at(),
                    listen.path(),
                    "other machines would reach the API, but none could show who it is",
                    "add 'tokens', or 'client-ca' and 'clients' under 'tls'");
        }
    }

    private static void unused(Section api, ProblemSink problems) {
        for (Key<?> key : List.<Key<?>>of(ConfigKeys.HOSTS, ConfigKeys.TOKENS, ConfigKeys.TLS)) {
            api.find(key)
                    .ifPresent(given -> problems.warn(
                            given.at(), given.path(), "has no effect without 'listen'", "the Unix socket needs none"));
        }
    }

    private static void clients(Section tls, ProblemSink problems) {
        Optional<Located<String>> authority = tls.find(ConfigKeys.CLIENT_CA);
        Optional<Located<List<Located<Section>>>> clients = tls.find(ConfigKeys.CLIENTS);
        if (authority.isPresent() && clients.isEmpty()) {
            problems.error(
                    authority.get().at(),
                    authority.get().path(),
                    "lets nobody in without 'clients'",
                    "add 'clients: [{ subject: \"CN=...\", role: viewer }]'");
        }
        if (clients.isPresent() && authority.isEmpty()) {
            problems.error(
                    clients.get().at(),
                    clients.get().path(),
                    "cannot be checked without 'client-ca'",
                    "name the PEM file of the authority that signs them");
        }
        Set<X500Principal> seen = new HashSet<>();
        clients.stream()
                .flatMap(found -> found.value().stream())
                .flatMap(client -> client.value().find(ConfigKeys.SUBJECT).stream())
                .filter(subject -> !seen.add(new X500Principal(subject.value())))
                .forEach(subject ->
                        problems.error(subject.at(), subject.path(), "is named twice", "a client has one role"));
    }

    private static void key(Section tls, SecretSource files, ProblemSink problems) {
        tls.find(ConfigKeys.TLS_KEY).ifPresent(file -> {
            String what = "file '" + file.value() + "' ";
            switch (files.read(file.value())) {
                case SecretSource.Answer.Refused(String reason, String hint) ->
                    problems.error(file.at(), file.path(), what + reason, hint);
                case SecretSource.Answer.Found found -> {
                    found.octets().destroy();
                    if (!found.exposure().isEmpty()) {
                        problems.warn(file.at(), file.path(), what + found.exposure(), "mode 600 is enough for us");
                    }
                }
            }
        });
    }
}
