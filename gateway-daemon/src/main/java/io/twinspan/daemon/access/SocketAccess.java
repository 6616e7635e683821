package io.twinspan.daemon.access;

import io.twinspan.config.model.ApiConfig.Role;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the user behind the Unix socket may do: root and the daemon's own user everything, others what the best of their groups
 * may.
 *
 * @param ownUid user id of the daemon
 * @param roles by group id
 */
public record SocketAccess(int ownUid, Map<Integer, Role> roles) {
    public SocketAccess {
        roles = Map.copyOf(roles);
    }

    /** The role of a user, or nothing for a stranger. */
    public Optional<Role> roleOf(int uid, int... groups) {
        if (uid == 0 || uid == ownUid) {
            return Optional.of(Role.ADMIN);
        }
        return IntStream.of(groups)
                .boxed()
                .flatMap(group -> Optional.ofNullable(roles.get(group)).stream())
                .max(Comparator.naturalOrder());
    }
}
