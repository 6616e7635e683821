package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Delete;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.PendingExchange.ChildDelete;
import io.twinspan.crypto.ike.session.PendingExchange.IkeDelete;
import io.twinspan.crypto.ike.session.PendingExchange.Notice;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import java.util.List;
import java.util.Optional;

/** Starts the next wanted exchange of each IKE SA whose window is free (RFC 7296 section 2.3). */
final class TaskStarter {
    private final Turn turn;
    private final Messenger messenger;

    TaskStarter(Turn turn) {
        this.turn = turn;
        this.messenger = new Messenger(turn);
    }

    void startAll() {
        for (IkeSa sa : turn.sas()) {
            startNext(sa.localSpi());
        }
    }

    private void startNext(long localSpi) {
        Optional<Established> sa = turn.established(localSpi);
        while (sa.isPresent()
                && sa.get().window() instanceof Free
                && !sa.get().tasks().isEmpty()) {
            Established live = sa.get();
            if (live.window().isExhausted()) {
                // RFC 7296 section 2.2: the message id must not wrap.
                new Continuity(turn).lose(localSpi, DownCause.LIFETIME_EXPIRED, "message ids are used up");
                return;
            }
            Task task = live.tasks().getFirst();
            turn.put(live.with(live.tasks().subList(1, live.tasks().size())));
            turn.established(localSpi).ifPresent(ready -> start(ready, task));
            sa = turn.established(localSpi);
        }
    }

    private void start(Established sa, Task task) {
        switch (task) {
            case Task.CheckLiveness() -> inform(sa, List.of(), new Notice());
            case Task.CreateChild() -> {
                if (turn.children().stream().noneMatch(ChildSa::isActive)) {
                    new CreateChildExchange(turn).begin(sa, ChildOffer.NOTHING);
                }
            }
            case Task.RekeyChild(int inboundSpi) ->
                turn.child(inboundSpi)
                        .filter(ChildSa::isActive)
                        .ifPresent(child -> new CreateChildExchange(turn).begin(sa, inboundSpi));
            case Task.DeleteChild(int inboundSpi) -> {
                if (turn.child(inboundSpi).isPresent()) {
                    deleteChild(sa, inboundSpi);
                }
            }
            case Task.DisownChild(int inboundSpi) -> deleteChild(sa, inboundSpi);
            case Task.RekeyIke() -> {
                if (sa.isActive()) {
                    new RekeyIkeExchange(turn).begin(sa);
                }
            }
            case Task.DeleteIke() -> inform(sa, List.of(Delete.ofIkeSa()), new IkeDelete());
            case Task.RefuseAuthentication() ->
                inform(sa, List.of(new Notify(NotifyType.AUTHENTICATION_FAILED), Delete.ofIkeSa()), new IkeDelete());
            case Task.TellInvalidSpi(int spi) ->
                inform(
                        sa,
                        List.of(new Notify(
                                NotifyType.INVALID_SPI, Octets.ofInt(spi).toArray())),
                        new Notice());
        }
    }

    private void deleteChild(Established sa, int inboundSpi) {
        inform(sa, List.of(Delete.ofEsp(inboundSpi)), new ChildDelete(List.of(inboundSpi)));
    }

    private void inform(Established sa, List<IkePayload> payloads, PendingExchange pending) {
        messenger.request(sa.localSpi(), ExchangeType.INFORMATIONAL, payloads, pending);
    }
}
