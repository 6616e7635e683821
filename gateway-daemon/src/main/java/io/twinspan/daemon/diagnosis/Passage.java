package io.twinspan.daemon.diagnosis;

import io.twinspan.daemon.dataplane.PathForecast;
import java.util.Locale;

/**
 * What the data plane would do with a packet, as it is shown: who shows it needs to know nothing of the data plane.
 *
 * @param drop name of the drop counter that would count; empty where the packet would be sent
 * @param tunnel 1 or 2; 0 where none would carry it
 * @param choice how the tunnel was found, in one word
 * @param flow number of the flow, 0..255
 * @param packets ESP packets that it would make
 * @param fragmented true where it would be cut before encryption
 * @param tellsSize true where its sender would be told what fits
 * @param innerMtuBytes of the tunnel's SA; 0 without one
 * @param mssBytes the largest TCP segment that a SYN may announce; 0 without an SA
 * @param spiOut of the SA that would seal it, as 0x and 8 digits; empty without one
 * @param nextSequence of that SA; 0 without one
 * @param drill true where a drill's worse path stands behind it
 */
public record Passage(
        String drop,
        int tunnel,
        String choice,
        int flow,
        int packets,
        boolean fragmented,
        boolean tellsSize,
        int innerMtuBytes,
        int mssBytes,
        String spiOut,
        long nextSequence,
        boolean drill) {
    static Passage of(PathForecast forecast) {
        PathForecast.Sa sa = forecast.sa();
        return new Passage(
                forecast.drop(),
                forecast.tunnel(),
                forecast.choice().name().toLowerCase(Locale.ROOT),
                forecast.flow(),
                forecast.packets(),
                forecast.fragmented(),
                forecast.tellsSize(),
                forecast.innerMtuBytes(),
                forecast.mssBytes(),
                sa.inboundSpi() == 0 ? "" : String.format(Locale.ROOT, "0x%08x", sa.outboundSpi()),
                sa.nextSequence(),
                sa.drill());
    }
}
