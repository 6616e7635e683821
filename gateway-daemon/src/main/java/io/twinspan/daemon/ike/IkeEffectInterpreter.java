package io.twinspan.daemon.ike;

import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.dataplane.DataPlane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Carries out the effects of one peer's machine, one after the other. After an {@link IkeEffect.InstallInbound} or {@link
 * IkeEffect.ReleaseOutbound} it waits for the data loop's word; what follows, of this step and of later ones, stays queued until then. Control loop only.
 */
final class IkeEffectInterpreter {
    /** Effects that may wait for the data loop. */
    static final int MAX_QUEUED_EFFECTS = 1_024;

    private final int tunnel;
    private final DataPlane dataPlane;
    private final DatagramSender sender;
    private final SpiAllocator spis;
    private final Consumer<IkeReport> reports;
    private final Deque<IkeEffect> queue = new ArrayDeque<>();
    private final Set<Integer> children = new LinkedHashSet<>();
    private boolean draining;
    private boolean awaitingDataLoop;
    private boolean abandoned;

    IkeEffectInterpreter(
            int tunnel, DataPlane dataPlane, DatagramSender sender, SpiAllocator spis, Consumer<IkeReport> reports) {
        this.tunnel = tunnel;
        this.dataPlane = dataPlane;
        this.sender = sender;
        this.spis = spis;
        this.reports = reports;
    }

    /**
     * Queues the effects and carries out all that may happen now.
     *
     * @throws IllegalStateException where more effects wait than any healthy peer makes
     */
    void run(List<IkeEffect> effects) {
        if (queue.size() + effects.size() > MAX_QUEUED_EFFECTS) {
            throw new IllegalStateException(
                    queue.size() + " effects of tunnel " + tunnel + " wait for the data loop, which does not answer");
        }
        queue.addAll(effects);
        drain();
    }

    /** Carries out what makes a taken-up state known, without waiting for the data loop: no message follows it. */
    void restore(List<IkeEffect> effects) {
        for (IkeEffect effect : effects) {
            if (effect instanceof IkeEffect.InstallInbound install) {
                know(install, () -> {});
            } else {
                perform(effect);
            }
        }
    }

    /** Forgets what is queued and removes every child SA; late answers of the data loop are ignored. */
    void abandon() {
        abandoned = true;
        queue.clear();
        for (int inboundSpi : List.copyOf(children)) {
            removeChild(inboundSpi);
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!awaitingDataLoop && !queue.isEmpty()) {
                perform(queue.removeFirst());
            }
        } finally {
            draining = false;
        }
    }

    private void perform(IkeEffect effect) {
        switch (effect) {
            case IkeEffect.SendDatagram(var local, var remote, byte[] message) -> sender.send(local, remote, message);
            case IkeEffect.SendNatKeepalive(var local, var remote) -> sender.sendKeepalive(local, remote);
            case IkeEffect.InstallInbound install -> installInbound(install);
            case IkeEffect.InstallOutbound(int inboundSpi, var parameters, var path) ->
                dataPlane.installOutbound(tunnel, inboundSpi, parameters, path);
            case IkeEffect.SwitchOutbound(int inboundSpi) -> dataPlane.switchOutbound(tunnel, inboundSpi);
            case IkeEffect.UpdatePath(int inboundSpi, var path) -> dataPlane.updatePath(tunnel, inboundSpi, path);
            case IkeEffect.ReleaseOutbound(int inboundSpi) -> {
                awaitingDataLoop = true;
                dataPlane.releaseOutbound(tunnel, inboundSpi, this::proceed);
            }
            case IkeEffect.RemoveChild(int inboundSpi) -> removeChild(inboundSpi);
            case IkeEffect.Report(IkeReport report) -> reports.accept(report);
        }
    }

    private void installInbound(IkeEffect.InstallInbound install) {
        awaitingDataLoop = true;
        know(install, this::proceed);
    }

    private void know(IkeEffect.InstallInbound install, Runnable installed) {
        int spi = install.parameters().spi();
        children.add(spi);
        spis.take(spi);
        dataPlane.installInbound(tunnel, install.parameters(), install.path(), installed);
    }

    private void proceed() {
        awaitingDataLoop = false;
        if (!abandoned) {
            drain();
        }
    }

    private void removeChild(int inboundSpi) {
        children.remove(inboundSpi);
        spis.release(inboundSpi);
        dataPlane.removeChild(tunnel, inboundSpi);
    }
}
