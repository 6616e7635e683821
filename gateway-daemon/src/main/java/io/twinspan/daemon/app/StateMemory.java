package io.twinspan.daemon.app;

import io.twinspan.daemon.resume.StateRegion;
import io.twinspan.daemon.service.Service;
import io.twinspan.daemon.sys.BootClock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The memory that this process leaves to the next. */
final class StateMemory {
    private static final String NAME = "sa-state";

    private StateMemory() {}

    /** The region; null where nobody would hand it to a successor. */
    static @Nullable StateRegion of(Service service) {
        ByteBuffer memory = service.memory(NAME, StateRegion.BYTES, StateRegion::recognises);
        return memory == null ? null : StateRegion.over(memory, new BootClock()::nanos);
    }
}
