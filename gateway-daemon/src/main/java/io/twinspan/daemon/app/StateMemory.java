package io.twinspan.daemon.app;

import io.twinspan.daemon.resume.StateRegion;
import io.twinspan.daemon.service.Service;
import io.twinspan.daemon.sys.BootClock;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.MemoryFile;
import org.jspecify.annotations.Nullable;

/** Finds or makes the memory that this process leaves to the next. */
final class StateMemory {
    private static final String NAME = "sa-state";

    private StateMemory() {}

    /** The region; null where nobody would hand it to a successor. */
    static @Nullable StateRegion of(Service service) {
        return service.isManaged()
                ? StateRegion.over(memory(service.descriptors()).memory().asByteBuffer(), new BootClock()::nanos)
                : null;
    }

    /** Memory of another size or layout belongs to another release: it is let go, and with it the keys in it. */
    private static MemoryFile memory(DescriptorKeeper keeper) {
        return keeper.take(NAME)
                .flatMap(descriptor -> {
                    var file = MemoryFile.adopt(descriptor, StateRegion.BYTES)
                            .filter(it -> StateRegion.recognises(it.memory().asByteBuffer()));
                    if (file.isEmpty()) {
                        keeper.forget(NAME);
                        descriptor.close();
                    }
                    return file;
                })
                .orElseGet(() -> {
                    MemoryFile file = MemoryFile.create("twinspan-" + NAME, StateRegion.BYTES);
                    keeper.keep(NAME, file.descriptor());
                    return file;
                });
    }
}
