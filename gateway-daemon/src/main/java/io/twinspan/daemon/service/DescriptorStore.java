package io.twinspan.daemon.service;

import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.SyscallException;
import io.twinspan.daemon.sys.UnixDatagram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd's store of descriptors: what lies in it comes back when the daemon starts again after a crash, a kill by the watchdog
 * or a restart, and is closed when the service stops. A descriptor that cannot be stored is told and lived without.
 */
final class DescriptorStore implements DescriptorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorStore.class);

    private final UnixDatagram systemd;
    private final List<Inherited> waiting = new ArrayList<>();
    private final Set<String> stored = new HashSet<>();

    private record Inherited(String name, Descriptor descriptor) {}

    /**
     * A store with what the process was started with.
     *
     * @param systemd the notify socket
     */
    DescriptorStore(UnixDatagram systemd, List<ServiceEnvironment.Passed> passed) {
        this.systemd = systemd;
        for (ServiceEnvironment.Passed each : passed) {
            try {
                waiting.add(new Inherited(each.name(), Descriptor.inherited(each.fd())));
                stored.add(each.name());
            } catch (SyscallException e) {
                LOG.warn(
                        "Descriptor {} ({}) that the service manager announced is not there.",
                        each.fd(),
                        each.name(),
                        e);
            }
        }
    }

    /** Names of what has been inherited and not been taken. */
    synchronized List<String> waiting() {
        return waiting.stream().map(Inherited::name).toList();
    }

    @Override
    public synchronized Optional<Descriptor> take(String name) {
        for (Iterator<Inherited> each = waiting.iterator(); each.hasNext(); ) {
            Inherited inherited = each.next();
            if (inherited.name().equals(name)) {
                each.remove();
                return Optional.of(inherited.descriptor());
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void keep(String name, Descriptor descriptor) {
        try {
            systemd.send(NotifyMessage.store(name), descriptor);
            stored.add(name);
        } catch (SyscallException e) {
            LOG.warn("{} could not be stored with the service manager; a restart will open it anew.", name, e);
        }
    }

    @Override
    public synchronized void forget(String name) {
        stored.remove(name);
        try {
            systemd.send(NotifyMessage.remove(name));
        } catch (SyscallException e) {
            LOG.warn("{} could not be taken from the service manager's store.", name, e);
        }
    }

    /** Closes and forgets what nobody has taken: it belongs to an older configuration. */
    synchronized void dropUntaken() {
        for (Inherited inherited : List.copyOf(waiting)) {
            inherited.descriptor().close();
            forget(inherited.name());
        }
        waiting.clear();
    }

    /** Empties the store, so that nothing of this daemon is left once it has closed its own. */
    synchronized void forgetAll() {
        dropUntaken();
        Set.copyOf(stored).forEach(this::forget);
    }
}
