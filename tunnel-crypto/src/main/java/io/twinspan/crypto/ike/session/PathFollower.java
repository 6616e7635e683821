package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.ike.session.IkeEffect.UpdatePath;
import io.twinspan.crypto.ike.session.IkeReport.PeerEndpointChanged;
import io.twinspan.crypto.ike.session.IkeSa.Established;

/** Follows a peer whose NAT changed its mapping; only authentic packets come here (RFC 7296 section 2.23). */
final class PathFollower {
    private final Turn turn;

    PathFollower(Turn turn) {
        this.turn = turn;
    }

    void follow(long localSpi, Arrival from) {
        turn.established(localSpi)
                .filter(sa -> sa.path().mayFollow(from.local(), from.remote()))
                .ifPresent(sa -> move(sa, sa.path().withRemote(from.remote())));
    }

    private void move(Established sa, SaPath path) {
        turn.report(new PeerEndpointChanged(sa.path().remote(), path.remote()));
        turn.put(sa.with(path));
        EspPath esp = path.esp();
        for (ChildSa child : turn.children()) {
            if (child.ikeSpi() == sa.localSpi()) {
                turn.put(child.on(esp));
                turn.effect(new UpdatePath(child.inboundSpi(), esp));
            }
        }
    }
}
