package io.twinspan.crypto.ipsecmb;

import java.util.List;
import java.util.Optional;

/**
 * What there is of the library on this host.
 *
 * @param engines one for every flavour that the processor can run, widest instructions first
 * @param whyNone where there is no engine, why not, in words for the operator; empty otherwise
 */
public record IpsecMbHost(List<IpsecMbEngine> engines, String whyNone) {
    public IpsecMbHost {
        engines = List.copyOf(engines);
    }

    /** Looks at the processor and for the library. */
    public static IpsecMbHost look() {
        return of(CpuFlags.ofThisHost(), IpsecMbLibrary.FILES);
    }

    static IpsecMbHost of(CpuFlags cpu, List<String> fileNames) {
        if (!GcmFlavour.SSE.runsOn(cpu)) {
            return none("the processor has no AES instructions of the x86 kind");
        }
        Optional<IpsecMbLibrary> library = fileNames.stream()
                .map(IpsecMbLibrary::open)
                .flatMap(Optional::stream)
                .findFirst();
        if (library.isEmpty()) {
            return none("none of " + String.join(", ", fileNames) + " can be loaded");
        }
        List<IpsecMbEngine> engines = library.get().engines(cpu);
        return engines.isEmpty()
                ? none("version " + library.get().version() + " of the library lacks AES-GCM")
                : new IpsecMbHost(engines, "");
    }

    private static IpsecMbHost none(String why) {
        return new IpsecMbHost(List.of(), why);
    }
}
