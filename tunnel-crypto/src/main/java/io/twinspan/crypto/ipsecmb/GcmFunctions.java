package io.twinspan.crypto.ipsecmb;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Addresses of one flavour's functions for keys of one length, and how they are called. */
record GcmFunctions(MemorySegment expand, MemorySegment encrypt, MemorySegment decrypt) {
    private static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG;

    /** {@code void pre(const void *key, struct gcm_key_data *)}. */
    private static final MethodHandle EXPAND =
            Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(POINTER, POINTER));

    /**
     * {@code void enc(key data, context, out, in, length, nonce, header, header length, tag, tag length)}. It neither blocks
     * nor takes long, so the call is a critical one. The function's own address is an argument too: one constant handle
     * serves every flavour.
     */
    private static final MethodHandle CRYPT = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.ofVoid(
                            POINTER, POINTER, POINTER, POINTER, LENGTH, POINTER, POINTER, LENGTH, POINTER, LENGTH),
                    Linker.Option.critical(false));

    /** Makes the key schedule at {@code keyData} from the key at {@code key}. */
    void expand(long key, long keyData) {
        try {
            EXPAND.invokeExact(expand, key, keyData);
        } catch (Throwable e) {
            throw new AssertionError("aes_gcm_pre", e);
        }
    }

    /** Encrypts the state's text in place and writes the tag. */
    void encrypt(GcmState state, int textBytes, int headerBytes) {
        crypt(encrypt, state, textBytes, headerBytes);
    }

    /** Decrypts the state's text in place and writes the tag that it should have had. */
    void decrypt(GcmState state, int textBytes, int headerBytes) {
        crypt(decrypt, state, textBytes, headerBytes);
    }

    private static void crypt(MemorySegment function, GcmState state, int textBytes, int headerBytes) {
        try {
            CRYPT.invokeExact(
                    function,
                    state.keyData(),
                    state.context(),
                    state.text(),
                    state.text(),
                    (long) textBytes,
                    state.nonce(),
                    state.header(),
                    (long) headerBytes,
                    state.tag(),
                    (long) GcmState.TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError("aes_gcm_enc or aes_gcm_dec", e);
        }
    }
}
