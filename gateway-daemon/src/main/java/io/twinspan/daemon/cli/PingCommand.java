package io.twinspan.daemon.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan ping}. */
@Command(
        name = "ping",
        description = {
            "Pings inside a tunnel, past every queue, and tells round trip, loss and jitter.",
            "Without a host the peer's inside address is pinged; without a tunnel the one that carries the traffic is used.",
            "Exits with 0 where anything answered, with 1 where nothing did."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan ping prod",
            "  twinspan ping prod/2 -c 20 -i 200ms",
            "  twinspan ping prod/1 172.31.0.10 -s 1400",
            "  twinspan ping prod -o jsonl"
        })
final class PingCommand extends ApiCommand {
    @Parameters(
            index = "0",
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "A connection, or one tunnel of it, for example prod/2.")
    private TunnelArgument target = TunnelArgument.ALL;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "HOST",
            description = "An address in a network of 'remote' that answers pings.")
    private @Nullable String host;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            defaultValue = "5",
            description = "How many (default: ${DEFAULT-VALUE}, up to 10000).")
    private int count = 5;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            converter = TimeConverter.class,
            defaultValue = "1s",
            description = "Between two (default: ${DEFAULT-VALUE}, from 10ms).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = {"-s", "--size"},
            paramLabel = "OCTETS",
            defaultValue = "0",
            description = "Length of the inner packet, IP header included (default: the smallest).")
    private int size;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        output.requireKnownSchema();
        Query query = target.query("/v1/ping")
                .with("count", Integer.toString(count))
                .with("interval-ms", Long.toString(interval.toMillis()))
                .with("size", Integer.toString(size));
        if (host != null) {
            query.with("target", host);
        }
        AtomicBoolean answered = new AtomicBoolean();
        client().stream("POST", query.toString(), output.asText(), line -> {
            if (line.contains(" time=") || line.contains("\"answered\"")) {
                answered.set(true);
            }
            print((output.isYaml() ? "---\n" : "") + output.render(line));
        });
        return answered.get() ? ExitCode.OK : ExitCode.FAILED;
    }
}
