package io.twinspan.daemon.io;

import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.DescriptorKeeper;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes over what a predecessor kept, or opens it anew and has it kept. */
final class Inherited {
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
        T opened = open.get();
        keeper.keep(name, descriptor.apply(opened));
        return opened;
    }
}
