package io.twinspan.daemon.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What kind of lab to build.
 *
 * @param peer who plays AWS
 * @param nat true puts a NAT between the gateway and the internet
 * @param link what the internet between gateway and AWS does to packets
 * @param socket where the gateway's control socket goes, so that other commands reach it
 */
public record LabOptions(Peer peer, boolean nat, LinkImpairment link, Path socket) {
    /**
     * Where the control socket goes when the user says nothing: the usual place where it is free and ours to use, so that other
     * commands find it by themselves, else a temporary folder.
     */
    static Path freeSocket(Path usual) {
        Path parent = usual.toAbsolutePath().getParent();
        // The gateway makes the folder where there is none, and takes away only what it made.
        if (!Files.exists(usual) && (!Files.exists(parent) || Files.isWritable(parent))) {
            return usual;
        }
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "twinspan-lab-" + ProcessHandle.current().pid() + ".sock");
    }

    /** Who plays AWS. */
    public enum Peer {
        /** Twinspan's own responder, two endpoints in one process. */
        TWINSPAN,
        /** Two strongSwan daemons with userspace ESP. */
        STRONGSWAN
    }
}
