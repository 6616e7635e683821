package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.time.Deadline;
import java.util.List;

/**
 * A pair of ESP SAs. The data path has copies of the keys; the ones here are for a process that takes over.
 *
 * <pre>
 * ACTIVE --rekeyed by either side--> REPLACED --DELETE either way--> lingering --> gone
 *    \--lost a collision--> REPLACED
 *    \--our DELETE queued or sent--> DELETING --answer, or the peer's DELETE--> lingering --> gone
 * </pre>
 *
 * @param ikeSpi our SPI of the IKE SA that it belongs to
 * @param inboundSpi ours; names the pair
 * @param outboundSpi the peer's
 * @param keys of both directions, zeroed when the pair is forgotten
 * @param path where its packets go
 * @param stage how far its life is
 * @param sending outbound traffic uses it
 * @param switchNanos when outbound traffic moves to it at the latest, for one the peer made; else {@code NEVER}
 * @param establishedNanos when it was made
 * @param rekeyNanos when to replace it
 * @param expireNanos when it ends
 */
record ChildSa(
        long ikeSpi,
        int inboundSpi,
        int outboundSpi,
        EspSuite suite,
        ChildKeys keys,
        EspPath path,
        List<TrafficSelector> localSelectors,
        List<TrafficSelector> remoteSelectors,
        Stage stage,
        boolean sending,
        long switchNanos,
        long establishedNanos,
        long rekeyNanos,
        long expireNanos) {
    ChildSa {
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
    }

    enum Stage {
        /** In use, or about to be. */
        ACTIVE,
        /** Another took over; it still opens packets until the DELETE. */
        REPLACED,
        /** We have asked, or will ask, the peer to forget it. */
        DELETING
    }

    boolean isActive() {
        return stage == Stage.ACTIVE;
    }

    boolean isSwitchPending() {
        return switchNanos != Deadline.NEVER;
    }

    long deadlineNanos() {
        long due = Deadline.earlier(expireNanos, switchNanos);
        return isActive() ? Deadline.earlier(due, rekeyNanos) : due;
    }

    ChildSa ownedBy(long newIkeSpi) {
        return copy(newIkeSpi, path, stage, sending, switchNanos, rekeyNanos);
    }

    ChildSa on(EspPath newPath) {
        return copy(ikeSpi, newPath, stage, sending, switchNanos, rekeyNanos);
    }

    ChildSa in(Stage newStage) {
        return copy(ikeSpi, path, newStage, sending, switchNanos, rekeyNanos);
    }

    ChildSa sending(boolean nowSending) {
        return copy(ikeSpi, path, stage, nowSending, Deadline.NEVER, rekeyNanos);
    }

    ChildSa switchBy(long newSwitchNanos) {
        return copy(ikeSpi, path, stage, sending, newSwitchNanos, rekeyNanos);
    }

    ChildSa rekeyAt(long newRekeyNanos) {
        return copy(ikeSpi, path, stage, sending, switchNanos, newRekeyNanos);
    }

    /** Replaced by another; ends soon, whether the peer deletes it or not. */
    ChildSa retired(long newExpireNanos) {
        return in(Stage.REPLACED, rekeyNanos, newExpireNanos);
    }

    /** In use again, because what was to replace it is gone. */
    ChildSa revived(long newRekeyNanos, long newExpireNanos) {
        return in(Stage.ACTIVE, newRekeyNanos, newExpireNanos);
    }

    private ChildSa in(Stage newStage, long newRekeyNanos, long newExpireNanos) {
        return new ChildSa(
                ikeSpi,
                inboundSpi,
                outboundSpi,
                suite,
                keys,
                path,
                localSelectors,
                remoteSelectors,
                newStage,
                sending,
                Deadline.NEVER,
                establishedNanos,
                newRekeyNanos,
                newExpireNanos);
    }

    private ChildSa copy(
            long newIkeSpi, EspPath newPath, Stage newStage, boolean newSending, long newSwitch, long newRekey) {
        return new ChildSa(
                newIkeSpi,
                inboundSpi,
                outboundSpi,
                suite,
                keys,
                newPath,
                localSelectors,
                remoteSelectors,
                newStage,
                newSending,
                newSwitch,
                establishedNanos,
                newRekey,
                expireNanos);
    }
}
