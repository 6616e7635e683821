package io.twinspan.daemon.http;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.SocketAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A client of the Unix socket: the kernel vouches for its user and groups, as they were when it connected (unix(7)). */
record UnixDoor(EpollDomainSocketChannel channel, SocketAccess access) implements Door {
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERGROUPS = 59;

    /** Further groups of a user who has more than that are not seen. */
    private static final int MAX_GROUPS = 1_024;

    private static final RawUnixChannelOption PEER_GROUPS =
            new RawUnixChannelOption("SO_PEERGROUPS", SOL_SOCKET, SO_PEERGROUPS, MAX_GROUPS * Integer.BYTES);

    @Override
    public Visit visit(HttpHeaders headers) {
        return Visit.UNIX;
    }

    /** No browser reaches a Unix socket, so its Host header is of no interest. */
    @Override
    public @Nullable ApiResponse refusal(HttpHeaders headers, boolean file) {
        return null;
    }

    @Override
    public CompletableFuture<Proof> prove(HttpHeaders headers) {
        return CompletableFuture.completedFuture(proof());
    }

    /** True where nobody lets this client do anything. */
    boolean isStranger() {
        return proof() instanceof Proof.Refused;
    }

    private Proof proof() {
        PeerCredentials peer;
        try {
            peer = channel.peerCredentials();
        } catch (IOException e) {
            return stranger();
        }
        int[] groups =
                IntStream.concat(IntStream.of(peer.gids()), furtherGroups()).toArray();
        return access.roleOf(peer.uid(), groups)
                .<Proof>map(role -> new Proof.Deliberate(new Grant("uid " + peer.uid(), role)))
                .orElseGet(UnixDoor::stranger);
    }

    /** The option tells no length: zeros fill the rest, so that group 0 counts where it is the first group only. */
    private IntStream furtherGroups() {
        try {
            ByteBuffer groups = channel.config().getOption(PEER_GROUPS).order(ByteOrder.nativeOrder());
            return IntStream.range(0, groups.remaining() / Integer.BYTES)
                    .map(index -> groups.getInt(groups.position() + index * Integer.BYTES))
                    .filter(gid -> gid != 0);
        } catch (ChannelException e) {
            return IntStream.empty();
        }
    }

    private static Proof stranger() {
        return new Proof.Refused(ApiResponse.error(
                403, "not permitted", "be root, the daemon's user, or a member of a group that the API admits", false));
    }
}
