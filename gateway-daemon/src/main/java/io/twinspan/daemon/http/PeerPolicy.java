package io.twinspan.daemon.http;

import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who may use the socket: root, the daemon's own user, and members of the socket file's group. The kernel vouches for user
 * and first group (SO_PEERCRED, unix(7)); further groups are read from /proc, behind the file's mode as the first wall.
 *
 * @param ownUid user id of the daemon
 * @param socketGid group id of the socket file
 */
record PeerPolicy(int ownUid, int socketGid) {
    /** The policy for a socket file that this process has made. */
    static PeerPolicy of(Path socket) throws IOException {
        int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int gid = (int) Files.getAttribute(socket, "unix:gid");
        return new PeerPolicy(uid, gid);
    }

    /** Who the client is, or nobody where it may not ask. */
    Optional<Caller> caller(PeerCredentials peer) {
        boolean member = admits(peer.uid(), peer.gids())
                || Arrays.stream(groupsOf(peer.pid())).anyMatch(this::isSocketGroup);
        boolean owner = peer.uid() == 0 || peer.uid() == ownUid;
        return member
                ? Optional.of(new Caller("uid " + peer.uid(), owner ? Role.ADMIN : Role.OPERATOR))
                : Optional.empty();
    }

    boolean admits(int uid, int... gids) {
        return uid == 0 || uid == ownUid || Arrays.stream(gids).anyMatch(this::isSocketGroup);
    }

    private boolean isSocketGroup(int gid) {
        return gid == socketGid;
    }

    private static int[] groupsOf(int pid) {
        try {
            String status = Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1);
            return status.lines()
                    .filter(line -> line.startsWith("Groups:"))
                    .flatMapToInt(line -> numbers(line.substring("Groups:".length())))
                    .toArray();
        } catch (IOException e) {
            return new int[0];
        }
    }

    private static IntStream numbers(String text) {
        return Arrays.stream(text.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .mapToInt(Integer::parseUnsignedInt);
    }
}
