package io.twinspan.daemon.cli;

import io.twinspan.daemon.observe.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code twinspan capture}. */
@Command(
        name = "capture",
        description = {
            "Captures a tunnel's packets on both sides of ESP: what the tunnel carries, and what travels outside.",
            "Headers only, unless --full is given, which needs the role of an admin. Never keys, unless --with-keys is given.",
            "Each packet's comment names its tunnel and SPI."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan capture prod/1 --count 20",
            "  twinspan capture prod/1 --both -w both.pcapng --for 10s",
            "  twinspan capture prod/2 --inner --filter 'tcp port 443' -w web.pcapng",
            "  twinspan capture prod/1 --outer --full -w outside.pcapng",
            "  twinspan capture prod/1 --with-keys -w outside.pcapng"
        })
final class CaptureCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CONNECTION/TUNNEL",
            converter = TunnelArgument.Converter.class,
            description = "A tunnel, for example prod/1.")
    private TunnelArgument target = TunnelArgument.ALL;

    @Option(names = "--inner", description = "What the tunnel carries, in clear.")
    private boolean inner;

    @Option(names = "--outer", description = "What travels outside: ESP and IKE.")
    private boolean outer;

    @Option(names = "--both", description = "Both (default).")
    private boolean both;

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "Write pcapng there, readable by you alone; otherwise a line for each packet is printed.")
    private @Nullable Path file;

    @Option(names = "--filter", paramLabel = "WORDS", description = "Which inner packets, as in pcap-filter(7).")
    private String filter = "";

    @Option(names = "--count", paramLabel = "N", defaultValue = "1000000", description = "End after so many packets.")
    private int count = 1_000_000;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            defaultValue = "1h",
            description = "End after this time (default: an hour).")
    private Duration duration = Duration.ofHours(1);

    @Option(names = "--full", description = "Whole packets; needs the role of an admin.")
    private boolean full;

    @Option(
            names = "--with-keys",
            description =
                    "Whole packets, and the ESP keys in FILE.esp_sa, readable by you alone, for Wireshark; needs -w"
                            + " and the role of an admin. Who has both files reads what users say.")
    private boolean withKeys;

    @Override
    public Integer call() {
        if (withKeys && file == null) {
            throw new CommandFailure(ExitCode.USAGE, "keys are never printed", "--with-keys needs -w FILE");
        }
        boolean every = both || inner == outer;
        Query query = target.query("/v1/capture")
                .with("layers", every ? "both" : inner ? "inner" : "outer")
                .with("filter", filter)
                .with("count", Integer.toString(count))
                .with("for-ms", Long.toString(duration.toMillis()))
                .withFlag("full", full || withKeys);
        if (file == null) {
            client().stream(
                    "POST",
                    query.toString(),
                    false,
                    line -> show(JsonMapper.shared().readTree(line)));
            return ExitCode.OK;
        }
        try (OutputStream out = new BufferedOutputStream(open(file))) {
            KeyFile keys = withKeys ? new KeyFile(Path.of(file + ".esp_sa"), this::keys) : null;
            CaptureFile capture = new CaptureFile(out, target.connection() + "/" + target.tunnel());
            client().stream("POST", query.toString(), false, line -> {
                JsonNode node = JsonMapper.shared().readTree(line);
                if (node.has("schema")) {
                    tell(node);
                } else {
                    capture.add(node);
                    note(keys, node);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be written: " + e.getMessage(), "");
        }
        return ExitCode.OK;
    }

    private static void note(@Nullable KeyFile keys, JsonNode packet) {
        if (keys != null && !packet.path("spi").isNull()) {
            try {
                keys.seen(packet.path("spi").asString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String keys() {
        ApiAnswer answer =
                client().exchange("POST", target.query("/v1/capture/keys").toString(), true);
        if (answer.status() != 200) {
            throw new CommandFailure(
                    ExitCode.ofAnswer(answer.status()), answer.body().strip(), "");
        }
        return answer.body();
    }

    /** What people say to each other is for nobody else. */
    static OutputStream open(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.newOutputStream(file);
    }

    private void show(JsonNode node) {
        if (node.has("schema")) {
            tell(node);
            return;
        }
        byte[] octets = Base64.getDecoder().decode(node.path("octets").asString());
        print(String.format(
                "%s %s %-3s %-10s %5d %s%n",
                at(node),
                node.path("layer").asString(),
                node.path("direction").asString(),
                node.path("spi").isNull() ? "ike" : node.path("spi").asString(),
                node.path("length").asInt(),
                PacketLine.of(octets)));
    }

    private void tell(JsonNode end) {
        say(end.path("packets").asLong() + " packets, " + end.path("dropped").asLong() + " found no room");
    }

    static Instant at(JsonNode node) {
        return Instant.ofEpochSecond(
                node.path("seconds").asLong(), node.path("nanos").asLong());
    }

    /** A file with an interface for each layer. */
    static final class CaptureFile {
        private final PcapngWriter writer;
        private final String tunnel;
        private final int innerInterface;
        private final int outerInterface;

        CaptureFile(OutputStream out, String tunnel) throws IOException {
            this.tunnel = tunnel;
            writer = new PcapngWriter(out, "twinspan capture of " + tunnel);
            innerInterface = writer.addInterface(tunnel + " inner");
            outerInterface = writer.addInterface(tunnel + " outer");
        }

        void add(JsonNode node) {
            boolean isInner = node.path("layer").asString().equals("inner");
            String spi = node.path("spi").isNull()
                    ? "IKE"
                    : "SPI " + node.path("spi").asString();
            try {
                writer.packet(
                        isInner ? innerInterface : outerInterface,
                        at(node),
                        node.path("direction").asString().equals("out"),
                        node.path("length").asInt(),
                        Base64.getDecoder().decode(node.path("octets").asString()),
                        "tunnel " + tunnel + ", " + spi);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
