package io.twinspan.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.diff.Disturbance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told before a change is made. */
class ReloadPreviewTest {
    private static final ConfigChange INTERVAL = new ConfigChange(
            "connections.prod.tunnels[0].liveness.interval",
            ConfigChange.Kind.CHANGED,
            "10s",
            "3s",
            "10s -> 3s",
            Disturbance.LIVE,
            "prod",
            1);

    private static ConfigChange groups(int tunnel) {
        return new ConfigChange(
                "connections.prod.tunnels[" + (tunnel - 1) + "].ike.groups",
                ConfigChange.Kind.CHANGED,
                "[14]",
                "[14, 20]",
                "+20",
                Disturbance.TUNNEL,
                "prod",
                tunnel);
    }

    private static ConfigChange whole(ConfigChange.Kind kind, String name) {
        return new ConfigChange("connections." + name, kind, "", "", kind.label(), Disturbance.CONNECTION, name, 0);
    }

    private static String text(ConnectionStanding standing, ConfigChange... changes) {
        return ReloadPreview.of(new ConfigDelta(List.of(changes)), Map.of("prod", standing))
                .text();
    }

    @Test
    void theStandbyRenegotiatesAndTrafficStays() {
        assertThat(text(new ConnectionStanding(2, List.of(1), Set.of(1, 2)), INTERVAL, groups(2)))
                .isEqualTo("""
                ~ connections.prod.tunnels[0].liveness.interval  10s -> 3s  applied live
                ~ connections.prod.tunnels[1].ike.groups         +20        tunnel 2 renegotiates (standby, no traffic moved)
                1 of 2 tunnels of prod will renegotiate; traffic stays on tunnel 1
                """);
    }

    @Test
    void theActiveTunnelIsLeftFirst() {
        assertThat(text(new ConnectionStanding(2, List.of(1), Set.of(1, 2)), groups(1)))
                .isEqualTo("""
                ~ connections.prod.tunnels[0].ike.groups  +20  tunnel 1 renegotiates (carries traffic, which moves to tunnel 2 first)
                1 of 2 tunnels of prod will renegotiate; traffic moves to tunnel 2 meanwhile
                """);
    }

    @Test
    void bothTunnelsGoOneAfterTheOther() {
        assertThat(text(new ConnectionStanding(2, List.of(1), Set.of(1, 2)), groups(1), groups(2)))
                .endsWith("2 of 2 tunnels of prod will renegotiate; traffic moves to tunnel 2 meanwhile, once that has"
                        + " renegotiated\n");
    }

    @Test
    void aTunnelAloneStopsItsTraffic() {
        assertThat(text(new ConnectionStanding(2, List.of(1), Set.of(1)), groups(1)))
                .contains("(carries traffic and no other can: it stops until the tunnel is back)")
                .endsWith("; traffic stops until tunnel 1 is back\n");
    }

    @Test
    void connectionsComeAndGo() {
        assertThat(text(
                        new ConnectionStanding(2, List.of(1), Set.of(1, 2)),
                        whole(ConfigChange.Kind.REMOVED, "old"),
                        whole(ConfigChange.Kind.ADDED, "new")))
                .isEqualTo("""
                - connections.old  removed  connection old is taken down
                + connections.new  added    connection new comes up
                no tunnel that runs is interrupted
                """);
    }

    @Test
    void nothingDiffers() {
        assertThat(text(new ConnectionStanding(2, List.of(1), Set.of(1, 2))))
                .isEqualTo("nothing differs from what runs\n");
    }
}
