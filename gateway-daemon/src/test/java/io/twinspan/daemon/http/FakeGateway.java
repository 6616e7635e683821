package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelTarget;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A gateway that remembers its orders and answers with the sample. */
public final class FakeGateway implements GatewayApi {
    private final EventJournal journal = new EventJournal(() -> 0, () -> SampleStatus.NOW);
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final AtomicInteger followers = new AtomicInteger();

    /** Orders received, in order. */
    public List<String> orders() {
        return orders;
    }

    /** Clients that follow the events now. */
    public int followers() {
        return followers.get();
    }

    /** Makes an event happen. */
    public synchronized void happen(String message) {
        journal.record(GatewayEvent.of(Severity.WARN, "tunnel.down", "prod", 1, message)
                .with("was", "up"));
    }

    @Override
    public CompletableFuture<GatewayStatus> status() {
        return CompletableFuture.completedFuture(SampleStatus.degraded());
    }

    @Override
    public synchronized CompletableFuture<List<JournalEntry>> eventsSince(long sequence) {
        return CompletableFuture.completedFuture(journal.since(sequence));
    }

    @Override
    public synchronized CompletableFuture<Runnable> follow(long sequence, Consumer<JournalEntry> follower) {
        journal.since(sequence).forEach(follower);
        Runnable end = journal.follow(follower);
        followers.incrementAndGet();
        return CompletableFuture.completedFuture(() -> {
            end.run();
            followers.decrementAndGet();
        });
    }

    @Override
    public CompletableFuture<CommandOutcome> up(TunnelTarget target) {
        return done("up", target);
    }

    @Override
    public CompletableFuture<CommandOutcome> down(TunnelTarget target) {
        return done("down", target);
    }

    @Override
    public CompletableFuture<CommandOutcome> switchTo(TunnelTarget target) {
        return target.tunnel() == 1
                ? CompletableFuture.completedFuture(
                        new CommandOutcome.Refused("tunnel prod/1 cannot carry traffic: no answer", "wait"))
                : done("switch", target);
    }

    @Override
    public CompletableFuture<CommandOutcome> rekey(TunnelTarget target, RekeyKind kind) {
        return done("rekey " + kind, target);
    }

    private CompletableFuture<CommandOutcome> done(String order, TunnelTarget target) {
        if (!target.connection().equals("prod")) {
            return CompletableFuture.completedFuture(
                    new CommandOutcome.Unknown("no connection '" + target.connection() + "'; there is 'prod'"));
        }
        orders.add(order + " " + target.connection() + "/" + target.tunnel());
        return CompletableFuture.completedFuture(new CommandOutcome.Done(order + " ordered"));
    }
}
