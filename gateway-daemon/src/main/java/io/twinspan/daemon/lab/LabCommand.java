package io.twinspan.daemon.lab;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
