package io.twinspan.crypto.ipsecmb;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Addresses of one flavour's functions for keys of one length, and how they are called. */
record GcmFunctions(MemorySegment expand, MemorySegment encrypt, MemorySegment decrypt) {
    /** {@code void pre(const void *key, struct gcm_key_data *)}. */
    private static final MethodHandle EXPAND = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    /**
     * {@code void enc(key data, context, out, in, length, nonce, header, header length, tag, tag length)}. The text lies
     * in the heap, so the call is a critical one. Everything else is passed as plain addresses, which need no checks; the
     * function's own address is an argument too, so that one constant handle serves every flavour.
     */
    private static final MethodHandle CRYPT = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.ofVoid(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true));

    /** Makes the key schedule at {@code keyData} from the key at {@code key}. */
    void expand(long key, long keyData) {
        try {
            EXPAND.invokeExact(expand, key, keyData);
        } catch (Throwable e) {
            throw new AssertionError("aes_gcm_pre", e);
        }
    }

    /** Calls {@link #encrypt} or {@link #decrypt} on a text in place. */
    static void crypt(MemorySegment function, GcmState state, MemorySegment text, long headerBytes) {
        try {
            CRYPT.invokeExact(
                    function,
                    state.keyData(),
                    state.context(),
                    text,
                    text,
                    text.byteSize(),
                    state.nonce(),
                    state.header(),
                    headerBytes,
                    state.tag(),
                    (long) GcmState.TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError("aes_gcm_enc or aes_gcm_dec", e);
        }
    }
}
