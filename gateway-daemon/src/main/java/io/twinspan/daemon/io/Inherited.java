package io.twinspan.daemon.io;

import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.SyscallException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes over what a predecessor kept, or opens it anew and has it kept. */
final class Inherited {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Inherited() {}

    /**
     * The predecessor's where it fits, else a new one. What does not fit is closed and forgotten before the new one is opened,
     * since it would hold the name or the port.
     *
     * @param adopt nothing where the descriptor does not fit
     */
    static <T> T orOpened(
            DescriptorKeeper keeper,
            String name,
            Function<Descriptor, Optional<T>> adopt,
            Supplier<T> open,
            Function<T, Descriptor> descriptor) {
        Optional<Descriptor> kept = keeper.take(name);
        if (kept.isPresent()) {
            Optional<T> adopted = adopt.apply(kept.get());
            if (adopted.isPresent()) {
                return adopted.get();
            }
            kept.get().close();
            keeper.forget(name);
        }
        T opened = kept.isPresent() ? openOnceFree(open) : open.get();
        keeper.keep(name, descriptor.apply(opened));
        return opened;
    }

    /** Opens what a keeper was told to forget, which it lets go of in its own time. */
    static <T> T openOnceFree(Supplier<T> open) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return open.get();
            } catch (SyscallException e) {
                boolean held = e.errno() == Errno.EBUSY || e.errno() == Errno.EADDRINUSE;
                if (!held || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
