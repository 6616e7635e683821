package io.twinspan.daemon.sys;

import java.util.Optional;

/**
 * Keeps descriptors beyond the life of this process and hands out those that a predecessor had kept. Names are printable
 * ASCII without colons. One thread at a time.
 */
public interface DescriptorKeeper {
    /** For a process that has neither predecessor nor successor. */
    DescriptorKeeper NONE = new DescriptorKeeper() {
        @Override
        public Optional<Descriptor> take(String name) {
            return Optional.empty();
        }

        @Override
        public void keep(String name, Descriptor descriptor) {}

        @Override
        public void forget(String name) {}
    };

    /** The predecessor's descriptor of this name, which is the caller's from now on; each is given out once. */
    Optional<Descriptor> take(String name);

    /** Has a descriptor outlive this process; one that was taken is kept already. */
    void keep(String name, Descriptor descriptor);

    /** Lets go of what was kept under this name. */
    void forget(String name);
}
