package io.twinspan.daemon.cli;

import io.twinspan.daemon.observe.PcapngWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
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
            "  twinspan capture prod/1 -w - | tshark -r -",
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
            description =
                    "Write pcapng there, readable by you alone, or with - to standard output; otherwise a line for each"
                            + " packet is printed.")
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
        if (withKeys && (file == null || PrivateFile.isStandardOutput(file))) {
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
        } else {
            write(file, query.toString());
        }
        return ExitCode.OK;
    }

    /** A file of that name is replaced once the daemon has agreed, and has each packet whole as soon as it is here. */
    private void write(Path path, String query) {
        try (Capturing capturing = new Capturing(path)) {
            client().stream("POST", query, false, capturing::open, line -> {
                JsonNode node = JsonMapper.shared().readTree(line);
                if (node.has("schema")) {
                    tell(node);
                } else {
                    capturing.add(node);
                }
            });
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static CommandFailure unwritable(Path path, IOException e) {
        return new CommandFailure(ExitCode.FAILED, path + " cannot be written: " + FileTrouble.of(e), "");
    }

    private String keys() {
        ApiAnswer answer =
                client().exchange("POST", target.query("/v1/capture/keys").toString(), true);
        if (answer.status() != 200) {
            throw answer.failure();
        }
        return answer.body();
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

    /** The files of a capture that goes on. */
    private final class Capturing implements AutoCloseable {
        private final Path path;
        private @Nullable OutputStream out;
        private @Nullable CaptureFile packets;
        private @Nullable KeyFile secrets;

        Capturing(Path path) {
            this.path = path;
        }

        void open() {
            try {
                OutputStream opened = PrivateFile.open(path);
                out = opened;
                packets = new CaptureFile(opened, target.connection() + "/" + target.tunnel());
                secrets = withKeys ? new KeyFile(Path.of(path + ".esp_sa"), CaptureCommand.this::keys) : null;
            } catch (IOException e) {
                throw unwritable(path, e);
            }
        }

        void add(JsonNode packet) {
            KeyFile keys = secrets;
            try {
                Objects.requireNonNull(packets).add(packet);
                if (keys != null && !packet.path("spi").isNull()) {
                    keys.seen(packet.path("spi").asString());
                }
            } catch (IOException e) {
                throw unwritable(path, e);
            }
        }

        @Override
        public void close() throws IOException {
            OutputStream open = out;
            if (open != null) {
                open.close();
            }
        }
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

        void add(JsonNode node) throws IOException {
            boolean isInner = node.path("layer").asString().equals("inner");
            String spi = node.path("spi").isNull()
                    ? "IKE"
                    : "SPI " + node.path("spi").asString();
            writer.packet(
                    isInner ? innerInterface : outerInterface,
                    at(node),
                    node.path("direction").asString().equals("out"),
                    node.path("length").asInt(),
                    Base64.getDecoder().decode(node.path("octets").asString()),
                    "tunnel " + tunnel + ", " + spi);
        }
    }
}
