package io.twinspan.daemon.ike;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.dataplane.Impairment;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Runs one peer's machine: events in one at a time, effects out, one wake-up scheduled and moved. Where the machine throws,
 * this peer alone is torn down and starts anew after a pause. Control loop only.
 */
final class IkePeerHost {
    static final long RESTART_FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long RESTART_MAX_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** Events that may wait while an event is being handled. */
    static final int MAX_PENDING_EVENTS = 256;

    private IkePeerPlan plan;
    private final ControlLoop loop;
    private final ImpairedPath path;
    private final SpiAllocator spis;
    private final IkePeerListener listener;
    private final Deque<IkeEvent> pending = new ArrayDeque<>();
    private IkePeerDriver driver;
    private IkeEffectInterpreter interpreter;
    private Cancellable wakeUp = () -> {};
    private long wakeUpNanos = Deadline.NEVER;
    private long restartDelayNanos = RESTART_FIRST_NANOS;
    private long trafficToldNanos = Long.MIN_VALUE;
    private boolean stepping;
    private boolean accepting;
    private boolean initiating;
    private boolean restarting;

    IkePeerHost(IkePeerPlan plan, ControlLoop loop, ImpairedPath path, SpiAllocator spis, IkePeerListener listener) {
        this.plan = plan;
        this.loop = loop;
        this.path = path;
        this.spis = spis;
        this.listener = listener;
        this.driver = plan.driver().get();
        this.interpreter = newInterpreter();
    }

    IkePeerPlan plan() {
        return plan;
    }

    IkePeerSummary summary() {
        return driver.summary();
    }

    List<EspSaKeys> keys() {
        return driver.keys();
    }

    Set<Long> localSpis() {
        return driver.localSpis();
    }

    /** True where first messages of the peer are welcome. */
    boolean isAccepting() {
        return accepting && !restarting;
    }

    /** From now on the peer may connect to us. */
    void accept() {
        accepting = true;
    }

    /** Takes a datagram of the peer, after whatever a drill does to it. */
    void receive(Endpoint local, Endpoint remote, byte[] message) {
        path.receive(remote, message.length, () -> deliver(new IkeEvent.DatagramReceived(local, remote, message)));
    }

    /** Has a drill make the path worse, or ends that. */
    void impair(Impairment impairment) {
        path.impair(impairment);
    }

    /** Gives the machine an event; events that come up while one is handled wait for their turn. */
    void deliver(IkeEvent event) {
        remember(event);
        if (restarting || pending.size() >= MAX_PENDING_EVENTS) {
            return;
        }
        pending.addLast(event);
        if (stepping) {
            return;
        }
        stepping = true;
        try {
            for (IkeEvent next = pending.pollFirst(); next != null; next = pending.pollFirst()) {
                List<IkeEffect> effects = driver.step(next, loop.nowNanos());
                // Before anything is sent or installed: what the peer may know, the next process must know.
                keep();
                interpreter.run(effects);
            }
            reschedule();
        } catch (RuntimeException bug) {
            tearDown(bug);
        } finally {
            stepping = false;
        }
    }

    /**
     * Takes up what the process before kept: makes its child SAs known and sends nothing.
     *
     * @return false where there is nothing, or nothing that can be taken up
     */
    boolean resume() {
        try {
            boolean resumed = plan.memory()
                    .recall()
                    .flatMap(kept -> driver.resume(kept.snapshot(), loop.nowNanos() - kept.agoNanos(), loop.nowNanos()))
                    .filter(this::takeUp)
                    .isPresent();
            if (!resumed) {
                plan.memory().forget();
                driver = plan.driver().get();
            }
            return resumed;
        } catch (RuntimeException bug) {
            tearDown(bug);
            return false;
        }
    }

    private boolean takeUp(List<IkeEffect> effects) {
        // RFC 4303 section 3.3.3: without its numbers an SA would use some of them twice.
        boolean numbered = effects.stream()
                .allMatch(effect -> !(effect instanceof IkeEffect.InstallInbound install)
                        || plan.memory().knowsNumbersOf(install.parameters().spi()));
        if (numbered) {
            keep();
            interpreter.restore(effects);
            reschedule();
        }
        return numbered;
    }

    private void keep() {
        plan.memory().keep(() -> driver.inboundSpis(), () -> driver.snapshot(loop.nowNanos()));
    }

    /**
     * Goes on under another policy: what stands keeps standing, what comes next follows the new one.
     *
     * @param newPlan with the same addresses and data plane
     * @param revision makes the driver that takes over the state of the one before
     */
    void revise(IkePeerPlan newPlan, UnaryOperator<IkePeerDriver> revision) {
        plan = newPlan;
        driver = revision.apply(driver);
        deliver(new IkeEvent.DeadlineReached());
    }

    /** Ends for good: forgets every SA without a word to the peer. */
    void end() {
        wakeUp.cancel();
        pending.clear();
        restarting = true;
        accepting = false;
        interpreter.abandon();
        plan.memory().forget();
        path.impair(Impairment.NONE);
    }

    private void remember(IkeEvent event) {
        if (event instanceof IkeEvent.Initiate) {
            accepting = true;
            initiating = true;
        } else if (event instanceof IkeEvent.Close) {
            accepting = false;
            initiating = false;
        }
    }

    private void reschedule() {
        long next = driver.nextDeadlineNanos();
        if (next == wakeUpNanos) {
            return;
        }
        wakeUp.cancel();
        wakeUpNanos = next;
        wakeUp = next == Deadline.NEVER ? () -> {} : loop.schedule(next - loop.nowNanos(), this::wake);
    }

    private void wake() {
        wakeUpNanos = Deadline.NEVER;
        long seen = plan.dataPlane().counters(plan.name().number()).lastAuthenticatedNanos();
        if (seen != trafficToldNanos) {
            trafficToldNanos = seen;
            deliver(new IkeEvent.TrafficSeen(seen));
        }
        deliver(new IkeEvent.DeadlineReached());
    }

    private void tearDown(RuntimeException bug) {
        wakeUp.cancel();
        wakeUpNanos = Deadline.NEVER;
        pending.clear();
        interpreter.abandon();
        plan.memory().forget();
        restarting = true;
        driver = plan.driver().get();
        interpreter = newInterpreter();
        wakeUp = loop.schedule(restartDelayNanos, this::restart);
        listener.onBug(plan.name(), bug, restartDelayNanos);
        restartDelayNanos = Math.min(2 * restartDelayNanos, RESTART_MAX_NANOS);
    }

    private void restart() {
        restarting = false;
        if (initiating) {
            deliver(new IkeEvent.Initiate());
        }
    }

    private IkeEffectInterpreter newInterpreter() {
        return new IkeEffectInterpreter(plan.name().number(), plan.dataPlane(), path, spis, this::report);
    }

    private void report(IkeReport report) {
        if (report instanceof IkeReport.ChildSaEstablished) {
            restartDelayNanos = RESTART_FIRST_NANOS;
        }
        listener.onReport(plan.name(), report);
    }
}
