package io.twinspan.daemon.app;

import io.twinspan.config.LoadResult;
import io.twinspan.config.ProblemPrinter;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.source.Problem;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.control.ConfigApi;
import io.twinspan.daemon.control.ConnectionChanges;
import io.twinspan.daemon.control.ReloadFacts;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import io.twinspan.daemon.reload.ConnectionStanding;
import io.twinspan.daemon.reload.ReloadEffect;
import io.twinspan.daemon.reload.ReloadEvent;
import io.twinspan.daemon.reload.ReloadMachine;
import io.twinspan.daemon.reload.ReloadPreview;
import io.twinspan.daemon.reload.ReloadState;
import io.twinspan.daemon.reload.ReloadStep;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the machine of changes: its effects are scripts of the keeper thread, its timer is the control loop's. State belongs to
 * the control loop; files are read and written by the keeper.
 */
final class ReloadDesk implements ConfigApi {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadDesk.class);

    private final Parts parts;
    private final ConnectionChanges changes;
    private final List<CompletableFuture<ConfigAnswer>> waiting = new ArrayList<>();
    private ReloadState state = ReloadMachine.initial();
    private ReloadFacts facts;
    private Cancellable wakeUp = () -> {};
    private ConfigFile.Content confirmed;
    private ConfigFile.@Nullable Content previous;
    private ConfigFile.@Nullable Content candidate;
    private Duration patience = Order.PATIENCE;
    private boolean onTrial;
    private boolean goingBack;

    /**
     * What it works with.
     *
     * @param keeper the thread on which scripts run
     * @param file of the daemon
     * @param store for what outlives the daemon; null to forget it
     * @param busy true while a drill runs
     * @param settled told what counts when a change is over; control loop
     */
    record Parts(
            ControlLoop loop,
            Executor keeper,
            ConfigApplier applier,
            EventJournal journal,
            Supplier<Instant> wallClock,
            ConfigFile file,
            @Nullable ConfigStore store,
            BooleanSupplier busy,
            Consumer<GatewayConfig> settled) {}

    /** @param started what the gateway was started with */
    ReloadDesk(Parts parts, ConnectionChanges changes, ConfigFile.Content started) {
        this.parts = parts;
        this.changes = changes;
        this.confirmed = started;
        this.facts = ReloadFacts.started(parts.wallClock().get());
    }

    /** For displays; control loop. */
    ReloadFacts facts() {
        return facts;
    }

    @Override
    public CompletableFuture<GatewayConfig> running() {
        return CompletableFuture.completedFuture(parts.applier().running());
    }

    @Override
    public CompletableFuture<ConfigAnswer> diff() {
        return compare(() -> parts.file().read().result());
    }

    @Override
    public CompletableFuture<ConfigAnswer> diff(String name, String text) {
        return compare(() -> parts.file().parse(name, text));
    }

    private CompletableFuture<ConfigAnswer> compare(Supplier<LoadResult> loading) {
        return CompletableFuture.supplyAsync(
                () -> switch (loading.get()) {
                    case LoadResult.Invalid(List<Problem> problems) -> new ConfigAnswer.Invalid(problems);
                    case LoadResult.Loaded(GatewayConfig config, List<Problem> warnings) ->
                        new ConfigAnswer.Compared(preview(config), warnings);
                },
                parts.keeper());
    }

    private ReloadPreview preview(GatewayConfig target) {
        GatewayConfig running = parts.applier().running();
        Map<String, ConnectionStanding> standings = CompletableFuture.supplyAsync(
                        () -> standings(running), parts.loop())
                .join();
        return ReloadPreview.of(ConfigDelta.between(running, target), standings);
    }

    private Map<String, ConnectionStanding> standings(GatewayConfig running) {
        Map<String, ConnectionStanding> result = new LinkedHashMap<>();
        running.connections()
                .forEach(connection -> result.put(
                        connection.name(),
                        new ConnectionStanding(
                                connection.tunnels().size(),
                                changes.carrying(connection.name()),
                                changes.up(connection.name()))));
        return result;
    }

    @Override
    public CompletableFuture<ConfigAnswer> apply(Order order) {
        CompletableFuture<ConfigAnswer> answer = new CompletableFuture<>();
        ReloadEvent event =
                new ReloadEvent.Requested(order.by(), order.confirm().toNanos());
        whenFree(answer, event, order.patience(), () -> {
            ConfigFile.Reading reading = parts.file().read();
            return switch (reading.result()) {
                case LoadResult.Invalid(List<Problem> problems) -> {
                    parts.loop().execute(() -> rejected(order.by(), problems));
                    answer.complete(new ConfigAnswer.Invalid(problems));
                    yield Optional.empty();
                }
                case LoadResult.Loaded(GatewayConfig config, var _) ->
                    Optional.of(new ConfigFile.Content(reading.text(), config));
            };
        });
        return answer;
    }

    @Override
    public CompletableFuture<ConfigAnswer> confirm(String by) {
        CompletableFuture<ConfigAnswer> answer = new CompletableFuture<>();
        parts.loop().execute(() -> step(new ReloadEvent.Confirmed(by), answer));
        return answer;
    }

    @Override
    public CompletableFuture<ConfigAnswer> rollback(String by) {
        CompletableFuture<ConfigAnswer> answer = new CompletableFuture<>();
        ReloadEvent event = new ReloadEvent.RollbackRequested(by);
        parts.loop().execute(() -> {
            if (state instanceof ReloadState.AwaitingConfirmation) {
                // For whoever asks for it, going back is what was to be done.
                CompletableFuture<ConfigAnswer> undone = new CompletableFuture<>();
                var _ = undone.thenAccept(it -> answer.complete(
                        it instanceof ConfigAnswer.RolledBack(String message)
                                ? new ConfigAnswer.Done(message, 0)
                                : it));
                step(event, undone);
            } else {
                ConfigFile.Content known = previous;
                whenFree(answer, event, Order.PATIENCE, () -> earlier(known, answer));
            }
        });
        return answer;
    }

    /** The configuration confirmed before the last: remembered, or kept by the daemon before this one. */
    private Optional<ConfigFile.Content> earlier(
            ConfigFile.@Nullable Content known, CompletableFuture<ConfigAnswer> answer) {
        if (known != null) {
            return Optional.of(known);
        }
        ConfigStore store = parts.store();
        Optional<String> text = store == null ? Optional.empty() : store.previous();
        if (text.isEmpty()) {
            answer.complete(new ConfigAnswer.Refused("there is no earlier configuration to go back to", ""));
            return Optional.empty();
        }
        return switch (parts.file().parse("previous.yaml", text.get())) {
            case LoadResult.Loaded(GatewayConfig config, var _) ->
                Optional.of(new ConfigFile.Content(text.get(), config));
            case LoadResult.Invalid(List<Problem> problems) -> {
                answer.complete(new ConfigAnswer.Invalid(problems));
                yield Optional.empty();
            }
        };
    }

    /** Has the keeper find the candidate and then takes the event in, where nothing is being changed. */
    private void whenFree(
            CompletableFuture<ConfigAnswer> answer,
            ReloadEvent event,
            Duration patience,
            Supplier<Optional<ConfigFile.Content>> finding) {
        parts.loop().execute(() -> {
            if (parts.busy().getAsBoolean()) {
                answer.complete(new ConfigAnswer.Refused(
                        "a drill runs, and would be judged by what the change does", "twinspan drill stop"));
            } else if (!(state instanceof ReloadState.Idle)) {
                step(event, answer);
            } else {
                parts.keeper().execute(() -> {
                    try {
                        finding.get()
                                .ifPresent(found -> parts.loop().execute(() -> begin(event, patience, found, answer)));
                    } catch (RuntimeException bug) {
                        answer.completeExceptionally(bug);
                    }
                });
            }
        });
    }

    private void begin(
            ReloadEvent event, Duration newPatience, ConfigFile.Content found, CompletableFuture<ConfigAnswer> answer) {
        if (state instanceof ReloadState.Idle) {
            patience = newPatience;
            candidate = found;
        }
        step(event, answer);
    }

    private void step(ReloadEvent event, @Nullable CompletableFuture<ConfigAnswer> asker) {
        ReloadStep step = ReloadMachine.step(state, event, parts.loop().nowNanos());
        state = step.state();
        boolean refused = step.effects().stream().anyMatch(ReloadEffect.Refuse.class::isInstance);
        if (asker != null && !refused) {
            waiting.add(asker);
        }
        wakeUp.cancel();
        long next = ReloadMachine.nextDeadlineNanos(state);
        wakeUp = next == Deadline.NEVER
                ? () -> {}
                : parts.loop()
                        .schedule(next - parts.loop().nowNanos(), () -> step(new ReloadEvent.DeadlineReached(), null));
        showState();
        step.effects().forEach(effect -> run(effect, asker));
    }

    private void run(ReloadEffect effect, @Nullable CompletableFuture<ConfigAnswer> asker) {
        switch (effect) {
            case ReloadEffect.Apply(String _) -> applyCandidate(false);
            case ReloadEffect.ApplyPrevious(String _) -> applyCandidate(true);
            case ReloadEffect.RollBack(String _, String _) -> rollBack();
            case ReloadEffect.TellOnTrial(String by, long confirmNanos) -> tellOnTrial(by, confirmNanos);
            case ReloadEffect.Keep(String by) -> keep(by);
            case ReloadEffect.TellRolledBack(String by, String reason) -> tellRolledBack(by, reason);
            case ReloadEffect.Refuse(String message, String hint) -> {
                if (asker != null) {
                    asker.complete(new ConfigAnswer.Refused(message, hint));
                }
            }
        }
    }

    private void applyCandidate(boolean earlier) {
        goingBack = earlier;
        ConfigFile.Content target = candidate;
        if (target == null) {
            step(new ReloadEvent.Failed("the configuration to apply was lost"), null);
            return;
        }
        Duration allowed = patience;
        script(() -> {
            try {
                save(store -> store.distrust(target.text()));
                parts.applier().goTo(target.config(), allowed, true);
                return new ReloadEvent.Applied();
            } catch (ReloadFailure e) {
                return new ReloadEvent.Failed(e.reason());
            }
        });
    }

    private void rollBack() {
        GatewayConfig target = confirmed.config();
        script(() -> {
            try {
                parts.applier().goTo(target, Order.PATIENCE, false);
            } catch (ReloadFailure e) {
                parts.loop().execute(() -> incomplete(e.reason()));
            }
            return new ReloadEvent.RolledBack();
        });
    }

    private void script(Supplier<ReloadEvent> work) {
        parts.keeper().execute(() -> {
            ReloadEvent outcome;
            try {
                outcome = work.get();
            } catch (RuntimeException bug) {
                LOG.error("Changing the configuration failed; this is a bug.", bug);
                outcome = new ReloadEvent.Failed(
                        "internal error (" + bug.getClass().getSimpleName() + ")");
            }
            ReloadEvent event = outcome;
            parts.loop().execute(() -> step(event, null));
        });
    }

    private void tellOnTrial(String by, long confirmNanos) {
        onTrial = true;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(confirmNanos);
        String text = "applied; rolled back in " + seconds + " s unless it is confirmed";
        tell(Severity.INFO, "config.applied", text, by);
        settle(true, text, new ConfigAnswer.Done(text, Math.max(1, seconds)));
    }

    private void keep(String by) {
        ConfigFile.Content kept = candidate;
        if (kept != null) {
            if (!kept.equals(confirmed)) {
                previous = confirmed;
            }
            confirmed = kept;
            candidate = null;
            parts.keeper()
                    .execute(() -> save(store -> {
                        store.keep(kept.text());
                        // The file may hold another text than what counts now: after going back to an earlier
                        // configuration.
                        parts.file()
                                .text()
                                .filter(there -> !there.equals(kept.text()))
                                .ifPresent(store::distrust);
                    }));
        }
        parts.settled().accept(confirmed.config());
        String text = onTrial ? "confirmed" : goingBack ? "back at what was confirmed before" : "applied";
        String type = onTrial ? "config.confirmed" : "config.applied";
        tell(Severity.INFO, type, "the configuration is " + text, by);
        onTrial = false;
        settle(true, text, new ConfigAnswer.Done(text, 0));
    }

    private void tellRolledBack(String by, String reason) {
        candidate = null;
        onTrial = false;
        parts.settled().accept(confirmed.config());
        String text = "rolled back: " + reason;
        tell(Severity.WARN, "config.rolled-back", "the configuration was " + text, by);
        settle(false, text, new ConfigAnswer.RolledBack(text));
    }

    private void incomplete(String reason) {
        tell(
                Severity.ERROR,
                "config.rollback-incomplete",
                "not everything could be rolled back: " + reason + "; 'twinspan config diff' shows what differs",
                "the gateway");
    }

    private void rejected(String by, List<Problem> problems) {
        String text = "the configuration was refused: "
                + ProblemPrinter.summary(problems).replace("   (exit 6)", "");
        parts.journal()
                .record(event(Severity.WARN, "config.rejected", text, by)
                        .with("first", ProblemPrinter.line(problems.getFirst())));
        facts = new ReloadFacts(state.label(), null, parts.wallClock().get(), false, text);
    }

    private void settle(boolean successful, String message, ConfigAnswer answer) {
        facts = new ReloadFacts(state.label(), confirmBy(), parts.wallClock().get(), successful, message);
        List<CompletableFuture<ConfigAnswer>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(one -> one.complete(answer));
    }

    private void showState() {
        facts = new ReloadFacts(
                state.label(), confirmBy(), facts.lastAt(), facts.lastSuccessful(), facts.lastMessage());
    }

    private @Nullable Instant confirmBy() {
        return state instanceof ReloadState.AwaitingConfirmation(String _, long deadlineNanos)
                ? parts.wallClock().get().plusNanos(deadlineNanos - parts.loop().nowNanos())
                : null;
    }

    /** A disk that is full must not keep the change from being made; a restart would then trust the file. */
    private void save(Consumer<ConfigStore> work) {
        ConfigStore store = parts.store();
        if (store != null) {
            save(store, work);
        }
    }

    /** Writes, or says that it could not. */
    static void save(ConfigStore store, Consumer<ConfigStore> work) {
        try {
            work.accept(store);
        } catch (UncheckedIOException e) {
            LOG.warn("What counts after a restart could not be written.", e);
        }
    }

    private void tell(Severity severity, String type, String text, String by) {
        parts.journal().record(event(severity, type, text, by));
    }

    private static GatewayEvent event(Severity severity, String type, String text, String by) {
        return GatewayEvent.of(severity, type, "", 0, text).with("by", by);
    }
}
