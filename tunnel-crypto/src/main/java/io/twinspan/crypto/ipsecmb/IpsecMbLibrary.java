package io.twinspan.crypto.ipsecmb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The shared library, opened for as long as the process lives. */
final class IpsecMbLibrary {
    /** Newest interface first. The functions bound here are the same in both; an interface not known is not tried. */
    static final List<String> FILES = List.of("libIPSec_MB.so.2", "libIPSec_MB.so.1");

    private static final int VERSION_TEXT_BYTES = 64;

    private final SymbolLookup symbols;
    private final String version;

    private IpsecMbLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
        version = readVersion(symbols);
    }

    /** Loads the library from where the dynamic linker looks; empty where there is none that can be loaded. */
    static Optional<IpsecMbLibrary> open(String fileName) {
        try {
            return Optional.of(new IpsecMbLibrary(SymbolLookup.libraryLookup(fileName, Arena.global())));
        } catch (IllegalArgumentException | IllegalCallerException | LinkageError e) {
            // No such library, one for another machine, or a Java without the right to native calls.
            return Optional.empty();
        }
    }

    /** What the library says of itself, for example {@code 1.3.0}. */
    String version() {
        return version;
    }

    /** The flavours that this library has and that run on such a processor, best first. */
    List<IpsecMbEngine> engines(CpuFlags cpu) {
        return Arrays.stream(GcmFlavour.values())
                .filter(flavour -> flavour.runsOn(cpu))
                .flatMap(flavour -> engine(flavour).stream())
                .toList();
    }

    private Optional<IpsecMbEngine> engine(GcmFlavour flavour) {
        return gcm(flavour, 128)
                .flatMap(
                        aes128 -> gcm(flavour, 256).map(aes256 -> new IpsecMbEngine(version, flavour, aes128, aes256)));
    }

    /** The functions of a flavour; empty where this version of the library does not have them. */
    Optional<GcmFunctions> gcm(GcmFlavour flavour, int keyBits) {
        Optional<MemorySegment> expand = symbols.find("aes_gcm_pre_" + keyBits + "_" + flavour.suffix());
        Optional<MemorySegment> encrypt = symbols.find("aes_gcm_enc_" + keyBits + "_" + flavour.suffix());
        Optional<MemorySegment> decrypt = symbols.find("aes_gcm_dec_" + keyBits + "_" + flavour.suffix());
        if (expand.isEmpty() || encrypt.isEmpty() || decrypt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GcmFunctions(expand.get(), encrypt.get(), decrypt.get()));
    }

    private static String readVersion(SymbolLookup symbols) {
        return symbols.find("imb_get_version_str")
                .map(function -> {
                    try {
                        MemorySegment text = (MemorySegment) Linker.nativeLinker()
                                .downcallHandle(function, FunctionDescriptor.of(ValueLayout.ADDRESS))
                                .invokeExact();
                        return text.reinterpret(VERSION_TEXT_BYTES).getString(0);
                    } catch (Throwable e) {
                        throw new AssertionError("imb_get_version_str", e);
                    }
                })
                .orElse("unknown");
    }
}
