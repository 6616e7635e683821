package io.twinspan.daemon.ike;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.dataplane.Impairment;
import io.twinspan.daemon.dataplane.LossDice;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The outside path of one peer's IKE: a drill that impairs a tunnel impairs its negotiations too, since a dead path kills both.
 * Control loop only.
 */
final class ImpairedPath implements DatagramSender {
    /** Datagrams that may be on the way each way. */
    static final int MAX_DELAYED = 256;

    private static final int IPV4_AND_UDP_OCTETS = 28;
    private static final int IPV6_AND_UDP_OCTETS = 48;
    private static final int IPV4_ADDRESS_OCTETS = 4;
    private static final int IKE_PORT = 500;
    private static final int NON_ESP_MARKER_OCTETS = 4;

    private final ControlLoop loop;
    private final DatagramSender sender;
    private final Consumer<DatagramDrop> drops;
    private final Deque<Delayed> delayed = new ArrayDeque<>();
    private Impairment impairment = Impairment.NONE;
    private LossDice diceOut = new LossDice(0, 0);
    private LossDice diceIn = new LossDice(0, 0);
    private Cancellable wakeUp = () -> {};

    private record Delayed(long dueNanos, Runnable arrival) {}

    ImpairedPath(ControlLoop loop, DatagramSender sender, Consumer<DatagramDrop> drops) {
        this.loop = loop;
        this.sender = sender;
        this.drops = drops;
    }

    /** Takes a drill's impairment; with {@link Impairment#NONE} what is on the way arrives at once. */
    void impair(Impairment newImpairment) {
        impairment = newImpairment;
        diceOut = new LossDice(newImpairment.lossOut(), newImpairment.seed());
        diceIn = new LossDice(newImpairment.lossIn(), ~newImpairment.seed());
        wakeUp.cancel();
        while (!delayed.isEmpty()) {
            delayed.removeFirst().arrival().run();
        }
    }

    @Override
    public void send(Endpoint local, Endpoint remote, byte[] message) {
        carry(
                DatagramDrop.Reason.DRILL_OUT,
                diceOut,
                remote,
                message.length,
                markerOctets(remote),
                () -> sender.send(local, remote, message));
    }

    @Override
    public void sendKeepalive(Endpoint local, Endpoint remote) {
        carry(DatagramDrop.Reason.DRILL_OUT, diceOut, remote, 1, 0, () -> sender.sendKeepalive(local, remote));
    }

    /** Has a datagram of the peer arrive: now, later or never. */
    void receive(Endpoint remote, int octets, Runnable arrival) {
        carry(DatagramDrop.Reason.DRILL_IN, diceIn, remote, octets, markerOctets(remote), arrival);
    }

    /** RFC 3948 section 2.2: what goes beside ESP begins with four octets of zeros; on port 500 there is no ESP. */
    private static int markerOctets(Endpoint remote) {
        return remote.port() == IKE_PORT ? 0 : NON_ESP_MARKER_OCTETS;
    }

    private void carry(
            DatagramDrop.Reason reason, LossDice dice, Endpoint remote, int octets, int marker, Runnable arrival) {
        if (impairment.isNone()) {
            arrival.run();
            return;
        }
        boolean ipv4 = remote.address().getAddress().length == IPV4_ADDRESS_OCTETS;
        int outer = marker + octets + (ipv4 ? IPV4_AND_UDP_OCTETS : IPV6_AND_UDP_OCTETS);
        if (impairment.isTooLong(outer) || dice.loses() || delayed.size() == 2 * MAX_DELAYED) {
            drops.accept(new DatagramDrop(reason, remote, octets));
        } else if (impairment.delayNanos() == 0) {
            arrival.run();
        } else {
            delayed.addLast(new Delayed(loop.nowNanos() + impairment.delayNanos(), arrival));
            if (delayed.size() == 1) {
                wakeUp = loop.schedule(impairment.delayNanos(), this::arrive);
            }
        }
    }

    private void arrive() {
        long now = loop.nowNanos();
        while (!delayed.isEmpty() && delayed.getFirst().dueNanos() - now <= 0) {
            delayed.removeFirst().arrival().run();
        }
        if (!delayed.isEmpty()) {
            wakeUp = loop.schedule(delayed.getFirst().dueNanos() - now, this::arrive);
        }
    }
}
