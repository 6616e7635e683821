package io.twinspan.daemon.service;

import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.MemoryFile;
import io.twinspan.daemon.sys.SyscallException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Memory in the store of descriptors. */
final class KeptMemory {
    private static final Logger LOG = LoggerFactory.getLogger(KeptMemory.class);

    private KeptMemory() {}

    /** The predecessor's where it fits, else a new one that is kept; null where the kernel gives none. */
    static @Nullable ByteBuffer of(
            DescriptorKeeper keeper, String name, long octets, Predicate<ByteBuffer> understood) {
        try {
            Optional<Descriptor> kept = keeper.take(name);
            if (kept.isPresent()) {
                Optional<MemoryFile> old = MemoryFile.adopt(kept.get(), octets);
                if (old.isPresent() && understood.test(old.get().buffer())) {
                    return told(old.get()).buffer();
                }
                // The mapping of what is not understood stays until the process ends; its descriptor does not.
                kept.get().close();
                keeper.forget(name);
            }
            MemoryFile fresh = told(MemoryFile.create(name, octets));
            keeper.keep(name, fresh.descriptor());
            return fresh.buffer();
        } catch (SyscallException e) {
            LOG.warn("There is no memory that outlives this process; a restart will negotiate every tunnel anew.", e);
            return null;
        }
    }

    private static MemoryFile told(MemoryFile file) {
        if (!file.isLocked()) {
            LOG.warn(
                    "Memory with keys could not be locked and may be swapped out; LimitMEMLOCK= says how much may be.");
        }
        return file;
    }
}
