package io.twinspan.daemon.access;

import io.twinspan.config.model.ApiConfig.Client;
import io.twinspan.config.model.ApiConfig.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** What a client may do whose certificate one of our authorities signed: its subject must be named, as a whole. Immutable. */
public final class CertificateAccess {
    private final Map<X500Principal, Role> roles;

    /** The clients of a configuration. */
    public CertificateAccess(List<Client> clients) {
        roles = clients.stream()
                .collect(Collectors.toUnmodifiableMap(client -> new X500Principal(client.subject()), Client::role));
    }

    /** The grant of a verified certificate's subject, or nothing where it is not named. */
    public Optional<Grant> grantOf(X500Principal subject) {
        return Optional.ofNullable(roles.get(subject)).map(role -> new Grant("certificate " + subject.getName(), role));
    }
}
