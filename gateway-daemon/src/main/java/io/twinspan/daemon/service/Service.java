package io.twinspan.daemon.service;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.SyscallException;
import io.twinspan.daemon.sys.UnixDatagram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tie to systemd, or to nobody: without a notify socket every method does nothing, and without a descriptor store nothing
 * is inherited or kept. Any thread but a loop; systemd is told by a thread of its own once {@link #ready} was called.
 */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final long STATUS_MILLIS = 1_000;
    /** How often the loops are looked at within the time after which systemd would kill. */
    private static final long TICKS_IN_WATCHDOG = 4;

    private final ServiceEnvironment environment;
    private final @Nullable UnixDatagram systemd;
    private final @Nullable DescriptorStore store;
    private final ScheduledExecutorService thread;
    private volatile String told = "";

    private Service(ServiceEnvironment environment) {
        this.environment = environment;
        thread = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("twinspan-service").unstarted(task));
        systemd = environment.notifies() ? UnixDatagram.to(environment.notifySocket()) : null;
        store = systemd != null && environment.handsOver() ? new DescriptorStore(systemd, environment.passed()) : null;
    }

    /** The service that this process is, by its environment. At most one in a process: descriptors are taken over once. */
    public static Service ofThisProcess() {
        return new Service(
                ServiceEnvironment.of(System.getenv(), ProcessHandle.current().pid()));
    }

    /** No service: a daemon in the foreground, or one inside another program. */
    public static Service none() {
        return new Service(ServiceEnvironment.of(Map.of(), 0));
    }

    /** True where the service manager restarts this process and keeps its descriptors meanwhile. */
    public boolean handsOver() {
        return environment.handsOver();
    }

    /** What keeps descriptors beyond this process. */
    public DescriptorKeeper descriptors() {
        return store == null ? DescriptorKeeper.NONE : store;
    }

    /** Names of inherited descriptors that nobody has taken yet. */
    public List<String> inherited() {
        return store == null ? List.of() : store.waiting();
    }

    /**
     * Memory that outlives this process: the predecessor's where it is of this size and understood, else new and zero. It is
     * never written to a disk, and to swap only where it may not be locked.
     *
     * @param name in the store
     * @param octets its size
     * @param understood whether a predecessor's content can be used
     * @return null where nothing outlives this process
     */
    public @Nullable ByteBuffer memory(String name, long octets, Predicate<ByteBuffer> understood) {
        return store == null ? null : KeptMemory.of(store, name, octets, understood);
    }

    /** Closes what a predecessor kept and this configuration has no use for. */
    public void dropUnused() {
        if (store != null) {
            store.dropUntaken();
        }
    }

    /** Has nothing outlive this process: what was kept is gone once this process has closed its own. */
    public void keepNothing() {
        if (store != null) {
            store.forgetAll();
        }
    }

    /** Where the journal listens and our standard error leads to it: what writes events there with their fields; else null. */
    public @Nullable Consumer<JournalEntry> journal() {
        return leadsToJournal() ? new JournalSink() : null;
    }

    /** systemd.exec(5), $JOURNAL_STREAM: somebody may have redirected the stream since. */
    private boolean leadsToJournal() {
        if (environment.journalStream().isEmpty()) {
            return false;
        }
        Path standardError = Path.of("/proc/self/fd/2");
        try {
            Object device = Files.getAttribute(standardError, "unix:dev");
            Object inode = Files.getAttribute(standardError, "unix:ino");
            return environment.journalStream().equals(device + ":" + inode);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Tells systemd that the gateway serves, and from now on how it does; feeds the watchdog as long as every loop moves.
     *
     * @param loops by name
     */
    public void ready(GatewayApi api, Map<String, Executor> loops) {
        if (systemd == null) {
            return;
        }
        tell(NotifyMessage.ready("tunnels are coming up"));
        long watchdog = environment.watchdogMicros();
        if (watchdog > 0) {
            LoopWatch watch = new LoopWatch(new LinkedHashMap<>(loops), () -> tell(NotifyMessage.watchdog()));
            long period = watchdog / TICKS_IN_WATCHDOG;
            var _ = thread.scheduleWithFixedDelay(guarded(watch::tick), 0, period, TimeUnit.MICROSECONDS);
        }
        var _ = thread.scheduleWithFixedDelay(
                guarded(() -> look(api)), STATUS_MILLIS, STATUS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(GatewayApi api) {
        var _ = api.status().thenAcceptAsync(status -> tellStatus(StatusLine.of(status)), thread);
    }

    private void tellStatus(String line) {
        if (!line.equals(told)) {
            told = line;
            tell(NotifyMessage.status(line));
        }
    }

    /** Tells systemd that this process is about to end, and why. */
    public void stopping(String why) {
        tell(NotifyMessage.stopping(why));
    }

    private void tell(byte[] message) {
        if (systemd != null) {
            try {
                systemd.send(message);
            } catch (SyscallException e) {
                LOG.warn("The service manager could not be told.", e);
            }
        }
    }

    /** A task that throws would not be run again. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("Telling the service manager failed; this is a bug.", e);
            }
        };
    }

    /** Tells systemd nothing any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        if (systemd != null) {
            systemd.close();
        }
    }
}
