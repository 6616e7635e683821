package io.twinspan.crypto.ike.session;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Everything known about a peer as octets, for a process that takes over from one that is gone:
 *
 * <pre>
 * format  policy digest  drive  patience  last traffic  IKE SAs  child SAs  lingering child SAs  CRC-32C
 * </pre>
 *
 * <p>Not kept: secrets of cookies and limits on replies to strangers, which begin anew, and fragments of messages that are not
 * complete.
 */
final class PeerSnapshot {
    /** Changes with every change of the layout; another one is not read. */
    private static final int FORMAT = 0x5457_0001;

    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private PeerSnapshot() {}

    static byte[] write(IkePeer peer, IkePolicy policy, long nowNanos) {
        SnapshotWriter out = new SnapshotWriter(nowNanos);
        out.i32(FORMAT).bytes(PolicyDigest.of(policy));
        PeerFacts facts = peer.facts();
        Drive drive = facts.drive();
        out.word(drive.desire()).i32(drive.attempt()).i32(drive.pauses());
        out.instant(drive.reconnectNanos()).flag(drive.up());
        out.i32(facts.patience().refusals()).instant(facts.patience().sinceNanos());
        out.instant(facts.trafficNanos());
        List<IkeSa> kept =
                peer.sas().values().stream().filter(IkeSaSnapshot::isKept).toList();
        out.list(kept, sa -> IkeSaSnapshot.write(out, sa));
        out.list(peer.children().values(), child -> ChildSnapshot.write(out, child));
        out.list(peer.lingering().values(), late -> {
            ChildSnapshot.write(out, late.child());
            out.instant(late.untilNanos());
        });
        byte[] octets = out.i32(0).finish();
        int checksum = checksum(octets);
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            octets[octets.length - 1 - i] = (byte) (checksum >>> (i * Byte.SIZE));
        }
        return octets;
    }

    /** Empty where the octets are damaged, of another format, or of another policy. */
    static Optional<IkePeer> read(byte[] octets, IkePolicy policy, long writtenNanos, Resumption resumption) {
        if (octets.length < CHECKSUM_BYTES) {
            return Optional.empty();
        }
        int stated = 0;
        for (int i = octets.length - CHECKSUM_BYTES; i < octets.length; i++) {
            stated = stated << Byte.SIZE | (octets[i] & 0xff);
        }
        if (stated != checksum(octets)) {
            return Optional.empty();
        }
        SnapshotReader in = new SnapshotReader(octets, octets.length - CHECKSUM_BYTES, writtenNanos);
        try {
            if (in.i32() != FORMAT || !MessageDigest.isEqual(in.bytes(), PolicyDigest.of(policy))) {
                return Optional.empty();
            }
            return Optional.of(read(in, resumption));
        } catch (SnapshotDamagedException e) {
            return Optional.empty();
        }
    }

    private static IkePeer read(SnapshotReader in, Resumption resumption) throws SnapshotDamagedException {
        Drive drive = new Drive(in.word(Drive.Desire.class), in.count(), in.count(), in.instant(), in.flag());
        Patience patience = new Patience(in.count(), in.instant());
        PeerFacts facts = new PeerFacts(drive, CookieJar.empty(), ReplyLimits.initial(), patience, in.instant());
        Map<Long, IkeSa> sas = new LinkedHashMap<>();
        for (IkeSa sa : in.list(() -> IkeSaSnapshot.read(in, resumption))) {
            sas.put(sa.localSpi(), sa);
        }
        Map<Integer, ChildSa> children = new LinkedHashMap<>();
        for (ChildSa child : in.list(() -> ChildSnapshot.read(in))) {
            children.put(child.inboundSpi(), child);
        }
        Map<Integer, Lingering> lingering = new LinkedHashMap<>();
        for (Lingering late : in.list(() -> new Lingering(ChildSnapshot.read(in), in.instant()))) {
            lingering.put(late.child().inboundSpi(), late);
        }
        in.requireEnd();
        return new IkePeer(sas, children, lingering, facts);
    }

    /** Of everything but the checksum itself. */
    private static int checksum(byte[] octets) {
        CRC32C crc = new CRC32C();
        crc.update(octets, 0, octets.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }
}
