package io.twinspan.daemon.loop;

/** What a registered descriptor has to say; called on its loop. */
public interface DescriptorEvents {
    /**
     * There is something to read, or an error to fetch by reading.
     *
     * @return true where something was read
     */
    boolean readable();

    /** Writing may succeed again; called only while {@link GuardedHandle#awaitWritable} asked for it. */
    default void writable() {}

    /** The registration is gone, by {@link GuardedHandle#cancel} or because the loop stops; called once, last. */
    void closed();
}
