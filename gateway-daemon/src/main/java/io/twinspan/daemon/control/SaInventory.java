package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.daemon.ike.IkeSaManager;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which SAs there are, by their SPIs: those of one process compared with those of the next. Control loop only. */
final class SaInventory {
    private SaInventory() {}

    /** By the names of the tunnels, those without an SA left out. */
    static SortedMap<String, SortedSet<String>> take(ControlPlane control, IkeSaManager ike) {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        for (ConnectionControl connection : control.connections()) {
            for (TunnelControl tunnel : connection.tunnels()) {
                SortedSet<String> spis = of(ike.summary(tunnel.name()));
                if (!spis.isEmpty()) {
                    all.put(tunnel.name().toString(), spis);
                }
            }
        }
        return all;
    }

    private static SortedSet<String> of(IkePeerSummary peer) {
        SortedSet<String> spis = new TreeSet<>();
        peer.ikeSas()
                .forEach(sa ->
                        spis.add(String.format(Locale.ROOT, "IKE SA 0x%016x 0x%016x", sa.localSpi(), sa.remoteSpi())));
        peer.childSas()
                .forEach(sa -> spis.add(
                        String.format(Locale.ROOT, "child SA 0x%08x 0x%08x", sa.inboundSpi(), sa.outboundSpi())));
        return spis;
    }
}
