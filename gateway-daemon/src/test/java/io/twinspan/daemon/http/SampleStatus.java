package io.twinspan.daemon.http;

import io.twinspan.crypto.engine.CipherFamily;
import io.twinspan.crypto.engine.CipherSpeed;
import io.twinspan.crypto.engine.EngineName;
import io.twinspan.crypto.engine.EngineReport;
import io.twinspan.crypto.engine.EngineWish;
import io.twinspan.crypto.engine.FamilyChoice;
import io.twinspan.crypto.engine.PassedOver;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.PathStatus;
import io.twinspan.daemon.control.RunFacts;
import io.twinspan.daemon.control.SnapshotClock;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.SwitchTimes;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A gateway one hour into its life: traffic moved from tunnel 1, which is lost, to tunnel 2. */
public final class SampleStatus {
    static final Instant NOW = Instant.parse("2026-11-23T03:00:00.250Z");

    private static final SnapshotClock CLOCK = new SnapshotClock(TimeUnit.HOURS.toNanos(5), NOW);
    private static final InetAddress HERE = IpPrefix.parseAddress("192.0.2.1");
    private static final InetAddress THERE = IpPrefix.parseAddress("203.0.113.94");

    private static final TunnelStatus.InnerSize SIZE = new TunnelStatus.InnerSize(
            1_438,
            1_398,
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64),
            true,
            false,
            1_500,
            1_500,
            1_438,
            1_438);

    private SampleStatus() {}

    /** The snapshot. */
    public static GatewayStatus degraded() {
        Instant lostAt = NOW.minusSeconds(720);
        SwitchRecord lost = new SwitchRecord(
                lostAt,
                1,
                2,
                List.of(2),
                "silent",
                true,
                "tunnel 1 is down: 14 probes unanswered",
                212_000,
                new SwitchTimes(
                        lostAt.minusMillis(190), lostAt.minusMillis(120), lostAt, lostAt, lostAt.plusMillis(1)));
        ConnectionStatus prod = new ConnectionStatus(
                "prod",
                ConnectionState.DEGRADED,
                2,
                List.of(2),
                false,
                NOW.minusSeconds(720),
                List.of(lost),
                NOW.minusSeconds(86_400),
                new ConnectionStatus.Networks(
                        List.of(IpPrefix.parse("10.0.0.0/8")), List.of(IpPrefix.parse("172.31.0.0/16"))),
                List.of(down(), up()));
        return new GatewayStatus(
                NOW,
                new RunFacts("0.1.0", engines()),
                NOW.minusSeconds(3_600),
                List.of(prod),
                new TreeMap<>(Map.of("ike_unknown_peer", 3L)),
                io.twinspan.daemon.control.ReloadFacts.started(NOW.minusSeconds(3_600)));
    }

    private static EngineReport engines() {
        EngineName jdk = new EngineName("jdk", "25.0.3", "");
        FamilyChoice gcm = new FamilyChoice(
                CipherFamily.AES_GCM,
                new EngineName("ipsec-mb", "1.3.0", "vaes_avx512"),
                new CipherSpeed(60_000, 61_000),
                List.of(new PassedOver(jdk, CipherSpeed.UNMEASURED, "slower than native code")));
        FamilyChoice cbc = new FamilyChoice(CipherFamily.AES_CBC, jdk, CipherSpeed.UNMEASURED, List.of());
        FamilyChoice chacha = new FamilyChoice(CipherFamily.CHACHA20_POLY1305, jdk, CipherSpeed.UNMEASURED, List.of());
        return new EngineReport(EngineWish.AUTO, List.of(gcm, cbc, chacha));
    }

    private static TunnelStatus down() {
        return new TunnelStatus(
                1,
                TunnelState.DOWN,
                NOW.minusSeconds(720),
                "no answer for 30 s to \u001b[31m\"x\"",
                HERE,
                IpPrefix.parseAddress("203.0.113.10"),
                IpPrefix.parseAddress("169.254.10.2"),
                IpPrefix.parseAddress("169.254.10.1"),
                30,
                SIZE,
                new TunnelStatus.Traffic(10, 1_000, 20, 2_000_000),
                new TreeMap<>(Map.of("replay", 2L, "auth", 1L)),
                Map.of(),
                Map.of("retransmissions", 7L),
                List.of(),
                List.of(),
                Map.of(),
                0,
                PathStatus.UNPROBED,
                CLOCK);
    }

    private static TunnelStatus up() {
        long now = CLOCK.monotonicNanos();
        IkeSuite ike = new IkeSuite(
                EncryptionAlgorithm.AES_GCM_16_256,
                IntegrityAlgorithm.NONE,
                PseudorandomFunction.HMAC_SHA2_384,
                KeyExchangeMethod.ECP_384);
        EspSuite esp =
                new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64);
        Endpoint local = new Endpoint(HERE, 4500);
        Endpoint remote = new Endpoint(THERE, 4500);
        return new TunnelStatus(
                2,
                TunnelState.UP,
                NOW.minusSeconds(720),
                "tunnel 1 is down: no answer for 30 s",
                HERE,
                THERE,
                IpPrefix.parseAddress("169.254.11.2"),
                IpPrefix.parseAddress("169.254.11.1"),
                30,
                SIZE,
                new TunnelStatus.Traffic(1_234, 567_890, 4_321, 98_765_432),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(new IkeSaSummary(
                        0x1122334455667788L,
                        0x8877665544332211L,
                        true,
                        ike,
                        true,
                        false,
                        local,
                        remote,
                        now - TimeUnit.HOURS.toNanos(1),
                        now + TimeUnit.HOURS.toNanos(5),
                        now + TimeUnit.HOURS.toNanos(7))),
                List.of(new ChildSaSummary(
                        0xc1f00001,
                        0x0badcafe,
                        esp,
                        new EspPath(true, local, remote),
                        true,
                        now - TimeUnit.MINUTES.toNanos(9),
                        now + TimeUnit.MINUTES.toNanos(41),
                        now + TimeUnit.MINUTES.toNanos(51))),
                Map.of(0xc1f00001, new TunnelStatus.SequencesUsed(0.125, 0.5)),
                8_100_000,
                new PathStatus(
                        true,
                        true,
                        400,
                        2,
                        4_000,
                        21,
                        12_100_000,
                        13_400_000,
                        300_000,
                        new PathStatus.Detection(229_400_000, 279_400_000, 1_429_400_000, 12_000_000)),
                CLOCK);
    }
}
