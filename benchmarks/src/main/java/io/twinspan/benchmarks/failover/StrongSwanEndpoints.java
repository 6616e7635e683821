package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.StrongSwanPeer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * strongSwan with its userspace ESP in AWS's place, one daemon for each endpoint, DPD as AWS does it. Its updown script tells
 * AWS's routing when the tunnel comes and goes.
 */
final class StrongSwanEndpoints implements AwsEndpoints {
    private static final int DPD_SECONDS = 10;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Resent 2.5, 7 and 15 s after the first check and given up 30 s after it, as AWS does. */
    private static final String DAEMON = """
            load = random nonce openssl aes sha1 sha2 hmac gcm kdf gmp socket-default kernel-libipsec kernel-netlink vici updown
            retransmit_timeout = 2.5
            retransmit_tries = 3
            """;

    private final LabTopology topology;
    private final AwsRouting routing;
    private final Path folder;
    private final StrongSwanPeer[] peers = new StrongSwanPeer[2];
    private volatile boolean closed;

    StrongSwanEndpoints(LabTopology topology, AwsRouting routing, Path folder) {
        this.topology = topology;
        this.routing = routing;
        this.folder = folder;
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            int number = tunnel;
            TextFiles.write(news(tunnel), "");
            Path script = TextFiles.write(
                    folder.resolve("updown-" + tunnel), "#!/bin/sh\necho \"$PLUTO_VERB\" >>" + news(tunnel) + "\n");
            script.toFile().setExecutable(true);
            start(tunnel);
            Thread.ofPlatform().daemon().name("aws-news-" + tunnel).start(() -> follow(number));
        }
    }

    private Path news(int tunnel) {
        return folder.resolve("news-" + tunnel);
    }

    private void start(int tunnel) {
        StrongSwanPeer.Settings settings = new StrongSwanPeer.Settings(
                LabTopology.ENDPOINTS.get(tunnel - 1),
                LabTopology.GATEWAY_PUBLIC,
                LabTopology.GATEWAY_PUBLIC,
                RigPlan.key(tunnel),
                "aes256gcm16-prfsha384-ecp384",
                "aes256gcm16-ecp384",
                false,
                DPD_SECONDS,
                "unique = replace",
                "updown = " + folder.resolve("updown-" + tunnel));
        peers[tunnel - 1] =
                StrongSwanPeer.start(topology.endpoint(tunnel), folder.resolve("aws-" + tunnel), settings, DAEMON);
        topology.routeIntoTunnel(
                tunnel, StrongSwanPeer.DEVICE, RigPlan.insideOfAws(tunnel), RigPlan.insideOfGateway(tunnel));
    }

    /** One line for each tunnel that came or went; a new one may come before the old one goes. */
    private void follow(int tunnel) {
        long length = 0;
        int standing = 0;
        long told = 0;
        while (!closed) {
            if (news(tunnel).toFile().length() > length) {
                String text = TextFiles.read(news(tunnel));
                length = text.length();
                long lines = text.lines().count();
                for (String verb : text.lines().skip(told).toList()) {
                    standing = Math.max(0, standing + (verb.startsWith("up-") ? 1 : -1));
                    routing.news(tunnel, standing > 0);
                }
                told = lines;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public String description() {
        return "strongSwan";
    }

    @Override
    public void kill(int tunnel) {
        peers[tunnel - 1].kill();
        // A killed daemon runs no script; what stood is gone when it starts anew.
    }

    @Override
    public void restart(int tunnel) {
        boolean killed = !peers[tunnel - 1].process().isAlive();
        peers[tunnel - 1].close();
        routing.forget(tunnel);
        if (killed) {
            TextFiles.append(news(tunnel), "down-killed\n");
        }
        start(tunnel);
    }

    @Override
    public void delete(int tunnel) {
        peers[tunnel - 1].terminate();
    }

    @Override
    public void close() {
        closed = true;
        for (StrongSwanPeer peer : peers) {
            if (peer != null) {
                peer.close();
            }
        }
    }
}
