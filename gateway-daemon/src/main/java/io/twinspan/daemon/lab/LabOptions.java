package io.twinspan.daemon.lab;

import java.nio.file.Path;

/**
 * What kind of lab to build.
 *
 * @param peer who plays AWS
 * @param nat true puts a NAT between the gateway and the internet
 * @param socket where the gateway's control socket goes, so that other commands reach it
 */
public record LabOptions(Peer peer, boolean nat, Path socket) {
    /** Who plays AWS. */
    public enum Peer {
        /** Twinspan's own responder, two endpoints in one process. */
        TWINSPAN,
        /** Two strongSwan daemons with userspace ESP. */
        STRONGSWAN
    }
}
