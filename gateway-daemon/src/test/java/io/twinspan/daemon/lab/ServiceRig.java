package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.cli.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A gateway as a service under a real systemd; the AWS side and the hosts are outside the container. */
final class ServiceRig implements AutoCloseable {
    static final int UP_SECONDS = 60;
    static final int PROBE_MILLIS = 5;

    private static final Path UNITS = Path.of("..", "systemd");
    private static final int PROBE_BYTES = 200;
    private static final Pattern SPI = Pattern.compile("0x[0-9a-f]{8,16}");

    private final Path folder = LabFiles.temporaryFolder();
    private final Path machine = LabFiles.temporaryFolder();
    private final LabTopology topology = new LabTopology(false, false);
    private final AwsSide aws;
    private final List<EchoServer> echo;
    private final ServiceContainer container;

    /** @param dropIn of the unit, for this test */
    ServiceRig(String dropIn) throws Exception {
        AwsConnectionFile connection = AwsConnectionFile.forLab(new SecureRandom());
        aws = TwinspanAwsSide.start(ServiceRig::startWithAwsTimes, topology, connection, folder);
        echo = List.of(EchoServer.start(topology.hostA()), EchoServer.start(topology.vpc()));
        LabImport.run(connection, folder);
        container = new ServiceContainer(topology.gateway(), machine);
        container.installClasses(UNITS);
        container.copyFolder(folder.resolve("gateway"), "etc/twinspan");
        withAwsTimes(container.path("etc/twinspan/twinspan.yaml"));
        container.write("etc/systemd/system/twinspan.service.d/test.conf", dropIn);
        container.boot();
    }

    private static GatewayLauncher.RunningGateway startWithAwsTimes(Path file, Path socket) {
        return GatewayDaemon.start(withAwsTimes(file), socket);
    }

    /** AWS looks after its peer every 10 s and waits for 30; the lab is in a greater hurry than a busy machine restarts. */
    private static Path withAwsTimes(Path file) {
        try {
            String text = Files.readString(file);
            String calm =
                    text.replaceAll("interval: 1s\\b", "interval: 10s").replaceAll("timeout: 2s\\b", "timeout: 30s");
            assertThat(calm).isNotEqualTo(text);
            return Files.writeString(file, calm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LabTopology topology() {
        return topology;
    }

    ServiceContainer container() {
        return container;
    }

    /** The control socket of the service. */
    Path socket() {
        return container.path("run/twinspan/twinspan.sock");
    }

    /** The control socket of the AWS side. */
    Path awsSocket() {
        return folder.resolve("aws.sock");
    }

    void awaitBothUp() {
        container.await("both tunnels are up", UP_SECONDS, () -> {
            String status = get("/v1/status");
            return status.contains("\"redundant\":true") || status.contains("\"redundant\": true");
        });
    }

    String get(String path) {
        return new ApiClient(socket()).exchange("GET", path, false).body();
    }

    SortedSet<String> spis() {
        return spis(get("/v1/sas"));
    }

    /** All SPIs of an answer. */
    static SortedSet<String> spis(String sas) {
        SortedSet<String> result = new TreeSet<>();
        SPI.matcher(sas).results().forEach(match -> result.add(match.group()));
        return result;
    }

    /** A flow of users' packets; to AWS, or from there. */
    LabFlow flow(boolean there) {
        return there
                ? LabFlow.start(
                        topology.hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, PROBE_MILLIS, PROBE_BYTES)
                : LabFlow.start(
                        topology.vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST, PROBE_MILLIS, PROBE_BYTES);
    }

    @Override
    public void close() {
        container.close();
        aws.close();
        echo.forEach(EchoServer::close);
        topology.close();
        LabFiles.delete(machine);
        LabFiles.delete(folder);
    }
}
