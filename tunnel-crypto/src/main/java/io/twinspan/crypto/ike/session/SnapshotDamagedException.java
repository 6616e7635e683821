package io.twinspan.crypto.ike.session;

/** Ends the reading of a snapshot that cannot be what was written; caught in {@link PeerSnapshot} and never seen outside. */
final class SnapshotDamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    SnapshotDamagedException(String what) {
        super(what, null, false, false);
    }
}
