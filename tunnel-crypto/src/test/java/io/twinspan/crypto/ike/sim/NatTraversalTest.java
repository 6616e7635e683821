package io.twinspan.crypto.ike.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePolicy.Encapsulation;
import io.twinspan.crypto.ike.session.IkeReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NAT detection, ports, keepalives and moving mappings (RFC 7296 section 2.23, RFC 3948). */
final class NatTraversalTest {
    private static final int FLOATED_PORT = 4_500;

    private static SimWorld behindNat(SimNat nat) {
        SimWorld world = new SimWorld(
                11,
                PolicyBuilder.left().local(PolicyBuilder.LEFT_PRIVATE_ADDRESS).build(),
                PolicyBuilder.right().build());
        world.network().natInFrontOfLeft(nat);
        world.start();
        world.mustConverge(Duration.ofSeconds(10));
        return world;
    }

    private static SimWorld direct(PolicyBuilder left, PolicyBuilder right) {
        SimWorld world = new SimWorld(12, left.build(), right.build());
        world.start();
        world.mustConverge(Duration.ofSeconds(10));
        return world;
    }

    private static boolean udp(SimGateway gateway) {
        return gateway.outbound().values().iterator().next().path().udpEncapsulated();
    }

    @Test
    void withoutNatEspTravelsBareAndIkeStaysOnPort500() {
        SimWorld world = direct(PolicyBuilder.left(), PolicyBuilder.right());
        assertThat(udp(world.left())).isFalse();
        assertThat(udp(world.right())).isFalse();
        assertThat(world.network().recorded())
                .allMatch(sent -> sent.packet().destination().port() == PolicyBuilder.IKE_PORT);
    }

    @Test
    void withNatEverythingMovesToPort4500() {
        SimWorld world = behindNat(new SimNat(PolicyBuilder.LEFT_ADDRESS));
        assertThat(udp(world.left())).isTrue();
        assertThat(udp(world.right())).isTrue();
        List<SimNetwork.Recorded> fromLeft = world.network().recorded().stream()
                .filter(sent -> sent.from() == Side.LEFT)
                .toList();
        assertThat(fromLeft.getFirst().packet().destination().port()).isEqualTo(PolicyBuilder.IKE_PORT);
        assertThat(fromLeft.stream().skip(1))
                .isNotEmpty()
                .allMatch(sent -> sent.packet().destination().port() == FLOATED_PORT);
        assertThat(world.left().summary().ikeSas().getFirst().natLocal()).isTrue();
        assertThat(world.right().summary().ikeSas().getFirst().natRemote()).isTrue();
    }

    @Test
    void encapsulationCanBeForcedByOneSide() {
        for (Side side : Side.values()) {
            PolicyBuilder left = PolicyBuilder.left();
            PolicyBuilder right = PolicyBuilder.right();
            (side == Side.LEFT ? left : right).encapsulation(Encapsulation.UDP);
            SimWorld world = direct(left, right);
            assertThat(udp(world.left())).isTrue();
            assertThat(udp(world.right())).isTrue();
        }
    }

    @Test
    void encapsulationCanBeForbidden() {
        SimWorld world = direct(PolicyBuilder.left().encapsulation(Encapsulation.ESP), PolicyBuilder.right());
        assertThat(udp(world.left())).isFalse();
        assertThat(udp(world.right())).isFalse();
    }

    @Test
    void onlyTheSideBehindTheNatSendsKeepalives() {
        ManualExchange exchange =
                ManualExchange.of(PolicyBuilder.left().encapsulation(Encapsulation.UDP), PolicyBuilder.right());
        exchange.establish();
        assertThat(exchange.keepalives(Side.RIGHT)).isZero();
        SimNat nat = new SimNat(PolicyBuilder.LEFT_ADDRESS);
        SimWorld world = behindNat(nat);
        world.runFor(Duration.ofMinutes(10));
        world.mustConverge(Duration.ofSeconds(10));
        assertThat(world.left().reports(IkeReport.Down.class)).isEmpty();
    }

    @Test
    void e19_aChangedMappingIsFollowedByAuthenticTrafficAndByIke() {
        SimNat nat = new SimNat(PolicyBuilder.LEFT_ADDRESS);
        SimWorld world = behindNat(nat);
        world.trafficEvery(Duration.ofMillis(200));
        world.runFor(Duration.ofSeconds(5));
        nat.remap();
        world.runFor(Duration.ofSeconds(2));
        assertThat(world.right().reports(IkeReport.PeerEndpointChanged.class)).isNotEmpty();
        long before = world.left().espReceived();
        world.runFor(Duration.ofSeconds(5));
        assertThat(world.left().espReceived() - before).isGreaterThan(20);
        nat.remap();
        world.left().fire(new IkeEvent.RekeyChildRequested());
        world.runFor(Duration.ofSeconds(5));
        world.right().fire(new IkeEvent.RekeyIkeRequested());
        world.mustConverge(Duration.ofSeconds(30));
        assertThat(world.left().reports(IkeReport.Down.class)).isEmpty();
        assertThat(world.right().reports(IkeReport.Down.class)).isEmpty();
    }

    @Test
    void e19_aChangedMappingWithoutTrafficIsFoundByTheLivenessCheck() {
        SimNat nat = new SimNat(PolicyBuilder.LEFT_ADDRESS);
        SimWorld world = behindNat(nat);
        world.runFor(Duration.ofSeconds(3));
        nat.remap();
        world.runFor(Duration.ofMinutes(2));
        world.mustConverge(Duration.ofMinutes(1));
    }
}
