package io.twinspan.daemon.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinspan lab}: everything on one machine, no AWS account. Exit 0 where every check held, 1 otherwise. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "Shows both tunnels at work on this machine, no AWS account needed.",
            "Runs a gateway, a simulated AWS side, a VPC host and an on-prem host in private network namespaces, imports an"
                    + " AWS file, brings both tunnels up, checks traffic both ways, kills a tunnel and heals it.",
            "Needs root or user namespaces, and the ip command; --nat needs nft, --peer strongswan needs strongSwan."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan lab                           runs until Ctrl-C",
            "  twinspan lab --once                    checks and ends",
            "  twinspan lab --once --peer strongswan  real strongSwan in AWS's place",
            "  twinspan lab --once --nat              a NAT between gateway and AWS",
            "  twinspan lab --rtt 10ms --loss 5%%      a distant AWS behind a bad line",
            "  twinspan lab --drill blackhole --report .  a drill with its report",
            "  twinspan lab --for 60s --report reports    the same for CI",
            "  TWINSPAN_LOG=INFO twinspan lab         with the events of both gateways"
        })
public final class LabCommand implements Callable<Integer> {
    @Option(names = "--once", description = "Check and end, for scripts.")
    private boolean once;

    @Option(
            names = "--peer",
            paramLabel = "PEER",
            defaultValue = "twinspan",
            description = "Who plays AWS: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            completionCandidates = PeerNames.class)
    private String peer = "twinspan";

    @Option(names = "--nat", description = "Put a NAT between the gateway and AWS.")
    private boolean nat;

    @Mixin
    private LinkOptions link = new LinkOptions();

    @ArgGroup(exclusive = false)
    private final DrillOptions drill = new DrillOptions();

    @Option(names = "--socket", paramLabel = "PATH", description = "The gateway's control socket.")
    private @Nullable Path socket;

    @Spec
    private CommandSpec spec;

    private final GatewayLauncher launcher;
    private final Path usualSocket;

    /**
     * A command that starts its gateways this way.
     *
     * @param usualSocket used without {@code --socket} where nobody else does
     */
    public LabCommand(GatewayLauncher launcher, Path usualSocket) {
        this.launcher = launcher;
        this.usualSocket = usualSocket;
        this.spec = CommandSpec.create();
    }

    /** A drill instead of the lesson. */
    static final class DrillOptions {
        @Option(
                names = "--drill",
                paramLabel = "SCENARIO[:VALUE]",
                description = "Run this drill with some traffic and end; exit 7 where it misses its limit"
                        + " (default where a drill's other options are given: blackhole).")
        private @Nullable String scenario;

        @Option(names = "--limit", paramLabel = "TIME", description = "Of the drill (default: 1s).")
        private @Nullable String limit;

        @Option(names = "--for", paramLabel = "TIME", description = "How long the drill lasts (default: 20s).")
        private @Nullable String duration;

        @Option(names = "--target", paramLabel = "ADDRESS", description = "Of the drill, for example 172.31.0.10.")
        private @Nullable String target;

        @Option(names = "--report", paramLabel = "DIR", description = "Where the drill's report goes.")
        private @Nullable Path report;

        /** The drill to run; none where nothing is said of one. */
        Optional<String> wanted() {
            return Optional.ofNullable(scenario)
                    .or(() -> words().isEmpty() ? Optional.empty() : Optional.of("blackhole"));
        }

        List<String> words() {
            List<String> words = new ArrayList<>();
            add(words, "--limit", limit);
            add(words, "--for", duration);
            add(words, "--target", target);
            add(words, "--report", report);
            return words;
        }

        private static void add(List<String> words, String name, @Nullable Object value) {
            if (value != null) {
                words.add(name);
                words.add(value.toString());
            }
        }
    }

    /** The names of {@code --peer}. */
    static final class PeerNames implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return java.util.List.of("twinspan", "strongswan").iterator();
        }
    }

    @Override
    public Integer call() {
        LabOptions options = new LabOptions(
                peerOf(peer),
                nat,
                link.impairment(),
                Objects.requireNonNullElseGet(socket, () -> LabOptions.freeSocket(usualSocket)));
        try (Lab lab = Lab.start(options, launcher)) {
            Thread closer = Thread.ofPlatform().name("lab-close").unstarted(lab::close);
            Runtime.getRuntime().addShutdownHook(closer);
            try {
                Optional<String> scenario = drill.wanted();
                if (scenario.isPresent()) {
                    print("both tunnels come up, AWS side: " + lab.awsDescription());
                    return new LabDrill(scenario.get(), drill.words())
                            .run(lab, spec.commandLine().getOut());
                }
                boolean passed = new LabCheck(lab, this::print).run();
                if (!once) {
                    waitForInterrupt(lab);
                }
                return passed ? 0 : 1;
            } finally {
                unhook(closer);
            }
        } catch (LabException e) {
            spec.commandLine().getErr().println("twinspan lab: " + e.getMessage());
            return 1;
        }
    }

    private static void unhook(Thread closer) {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException _) {
            // Ctrl-C came first: the hook is already closing the lab.
        }
    }

    private void waitForInterrupt(Lab lab) {
        print("");
        print("  host-a " + LabTopology.ON_PREM_HOST + " --- gateway ===tunnel 1=== aws ---.");
        print("                               ---tunnel 2--- aws ---'--- host-b " + LabTopology.VPC_HOST);
        if (!lab.options().link().equals(LinkImpairment.NONE)) {
            print("  link between gateway and aws: "
                    + LinkOptions.shown(lab.options().link()));
        }
        String where = lab.options().socket().equals(usualSocket)
                ? ""
                : " --socket " + lab.options().socket();
        LabDashboard.open(lab)
                .ifPresent(link -> print("dashboard  " + link
                        + "   (once, within a minute; a new one: ./twinspan dashboard" + where + ")"));
        print("try:   ./twinspan status" + where);
        print("       ./twinspan switch lab --to 2" + where);
        print("files: " + lab.folder());
        print("stop:  Ctrl-C (nothing is left behind)");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LabOptions.Peer peerOf(String name) {
        return switch (name) {
            case "twinspan" -> LabOptions.Peer.TWINSPAN;
            case "strongswan" -> LabOptions.Peer.STRONGSWAN;
            default ->
                throw new picocli.CommandLine.ParameterException(
                        spec.commandLine(), "'" + name + "' is no peer of the lab: twinspan or strongswan");
        };
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
