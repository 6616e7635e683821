package io.twinspan.benchmarks.throughput;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.daemon.lab.LabNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Twinspan on both sides, started as an operator starts it.
 *
 * @param launcher the {@code twinspan} script
 * @param scratch where a configuration is tried out
 * @param encapsulation {@code udp} or {@code esp}
 * @param esp the {@code esp} section of a tunnel
 * @param engine the crypto engine's name; {@code auto} says nothing about it
 */
record TwinspanGateways(Path launcher, Path scratch, String encapsulation, String esp, String engine)
        implements Gateways {
    static final String AES_GCM = "{encryption: aes-gcm-16-256, groups: 20}";
    static final String AES_CBC_SHA1 = "{encryption: aes-cbc-128, integrity: hmac-sha1-96, groups: 14}";
    static final String AUTO = "auto";

    private static final Pattern ENGINE = Pattern.compile("(aes-gcm|aes-cbc)=\"([^\"]+)\"");
    private static final String KEY_FILE = "bench.psk";
    private static final String PRE_SHARED_KEY = "measured.Tunnel_Key_1234567890";
    private static final String INSIDE_A = "169.254.21.2";
    private static final String INSIDE_B = "169.254.21.1";

    @Override
    public String missing() {
        writeKey(scratch);
        Path file = TextFiles.write(scratch.resolve("probe.yaml"), configuration(true));
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Loaded _ -> "";
            case LoadResult.Invalid invalid ->
                "its configuration is refused: " + invalid.problems().getFirst().message();
        };
    }

    @Override
    public String version() {
        return Programs.line("twinspan", launcher.toString(), "version");
    }

    @Override
    public void start(BenchTopology topology, GatewayPair pair, Path folder) {
        writeKey(folder);
        pair.addB(run(topology.gatewayB(), folder, "b", configuration(false)));
        pair.addA(run(topology.gatewayA(), folder, "a", configuration(true)));
    }

    /** Which engines were chosen. */
    @Override
    public String remark(Path folder) {
        return engines(TextFiles.read(folder.resolve("twinspan-a.log")));
    }

    /** The engines out of a log, for example {@code aes-gcm=jdk 25}. */
    static String engines(String log) {
        return log.lines()
                .filter(line -> line.contains("event=crypto.engine"))
                .findFirst()
                .map(line -> ENGINE.matcher(line)
                        .results()
                        .map(engine -> engine.group(1) + " by " + engine.group(2))
                        .collect(Collectors.joining(", ")))
                .orElse("");
    }

    private Process run(LabNamespace namespace, Path folder, String side, String configuration) {
        Path file = TextFiles.write(folder.resolve("twinspan-" + side + ".yaml"), configuration);
        return namespace.startProcess(
                List.of(
                        launcher.toString(),
                        "run",
                        "--config",
                        file.toString(),
                        "--socket",
                        folder.resolve("twinspan-" + side + ".sock").toString()),
                folder.resolve("twinspan-" + side + ".log"),
                List.of());
    }

    private String configuration(boolean sideA) {
        String engineSection = engine.equals(AUTO) ? "" : "dataplane: {crypto-engine: " + engine + "}\n";
        return """
                version: 1
                %sconnections:
                  bench:
                    local: [%s]
                    remote: [%s]
                    startup: %s
                    encapsulation: %s
                    legacy: true
                    tunnels:
                      - number: 1
                        psk-file: %s
                        outside: {bind: %s, remote: %s}
                        inside: {local: %s/30, remote: %s}
                        esp: %s
                """.formatted(
                        engineSection,
                        sideA ? BenchTopology.PREFIX_A : BenchTopology.PREFIX_B,
                        sideA ? BenchTopology.PREFIX_B : BenchTopology.PREFIX_A,
                        sideA ? "initiate" : "respond",
                        encapsulation,
                        KEY_FILE,
                        sideA ? BenchTopology.OUTSIDE_A : BenchTopology.OUTSIDE_B,
                        sideA ? BenchTopology.OUTSIDE_B : BenchTopology.OUTSIDE_A,
                        sideA ? INSIDE_A : INSIDE_B,
                        sideA ? INSIDE_B : INSIDE_A,
                        esp);
    }

    private static void writeKey(Path folder) {
        TextFiles.writeSecret(folder.resolve(KEY_FILE), PRE_SHARED_KEY + "\n");
    }
}
