package io.twinspan.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan trace}. */
@Command(
        name = "trace",
        description = {
            "Tells what would become of a packet: route, policy, tunnel, size, SA. Nothing is sent.",
            "The kernel is asked for the route and the data plane for the rest, so the answer is theirs.",
            "Exits with 0 where the packet would be sent through a tunnel, with 1 where it would not."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan trace 10.1.2.3 172.31.5.9:443",
            "  twinspan trace 10.1.2.3 172.31.5.9:443 --size 1500",
            "  twinspan trace 10.1.2.3:5060 172.31.5.9:5060 --proto udp --size 1600 --df no",
            "  twinspan trace 10.1.2.3 172.31.5.9 --device eth1 -o json"
        })
final class TraceCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "SRC[:PORT]", description = "Who sends it.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "DST[:PORT]", description = "Who is to get it; [ADDRESS]:PORT for IPv6.")
    private String to = "";

    @Option(
            names = "--proto",
            paramLabel = "NAME",
            description = "tcp, udp or icmp (default: tcp where DST has a port).")
    private @Nullable String protocol;

    @Option(names = "--size", paramLabel = "OCTETS", description = "Length of the packet (default: headers only).")
    private @Nullable Integer size;

    @Option(
            names = "--df",
            arity = "0..1",
            fallbackValue = "yes",
            paramLabel = "yes|no",
            description = "Don't Fragment (default: yes for tcp, no for others).")
    private @Nullable String dontFragment;

    @Option(names = "--device", paramLabel = "NAME", description = "Where it comes in (default: the way to SRC).")
    private @Nullable String device;

    @Option(names = "--mark", paramLabel = "N", description = "The kernel's mark on it, for policy routing.")
    private @Nullable Integer mark;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        Query query = new Query("/v1/trace")
                .with("from", from)
                .with("to", to)
                .withGiven("proto", protocol)
                .withGiven("size", size)
                .withGiven("df", dontFragment)
                .withGiven("device", device)
                .withGiven("mark", mark);
        return ask(query, output).state().equals("sent") ? ExitCode.OK : ExitCode.FAILED;
    }
}
