package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.GeneratedSection;
import io.twinspan.benchmarks.throughput.Machine;
import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.daemon.lab.LabException;
import io.twinspan.daemon.lab.LinkImpairment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long traffic stands still when a tunnel dies. */
@Command(
        name = "benchmarks/failover",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Two tunnels, 1,000 numbered packets a second each way, and the tunnel that carries them dies, again and again.",
            "Outbound is from the customer's network to the VPC; inbound is the return traffic, which AWS moves by its own",
            "detection of 30 to 40 s unless the gateway can tell it earlier."
        })
public final class FailoverCommand implements Callable<Integer> {
    private static final int ROOM = 1 << 18;
    private static final int STRONGSWAN_RUNS = 10;
    /** It takes strongSwan the peer's patience, 40 s, to leave a tunnel that still brings packets. */
    private static final int STRONGSWAN_ONE_WAY_RUNS = 3;

    @Option(names = "--runs", description = "of each scenario (default: ${DEFAULT-VALUE})")
    private int runs = 50;

    @Option(
            names = "--scenario",
            split = ",",
            description = "blackhole, one-way-out, one-way-in, delete, planned, kill (default: all)")
    private List<String> scenarios =
            Arrays.stream(Scenario.values()).map(Scenario::word).toList();

    @Option(names = "--peer", split = ",", description = "the AWS side: twinspan, strongswan (default: both)")
    private List<String> peers = List.of("twinspan", "strongswan");

    @Option(
            names = "--gateway",
            split = ",",
            description = "the customer gateway: twinspan, strongswan (at most 10 runs, with the first peer only)"
                    + " (default: both)")
    private List<String> gateways = List.of("twinspan", "strongswan");

    @Option(
            names = "--inbound",
            description = "runs of the black hole, beside the others, that wait for AWS's own detection"
                    + " (default: ${DEFAULT-VALUE})")
    private int inbound = 3;

    @Option(names = "--rtt", description = "milliseconds between gateway and AWS and back (default: ${DEFAULT-VALUE})")
    private int rttMillis = 10;

    @Option(names = "--seed", description = "of the failures' instants (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--config",
            description = "further lines of the gateway's connection, for example \"hold-down: 2s\"")
    private String config = "";

    @Option(names = "--out", description = "a Markdown file for the tables, between two marks")
    private @Nullable Path out;

    @Option(names = "--json", description = "a file for every run (default: failover.json in benchmarks/target)")
    private Path json = Path.of(System.getProperty("twinspan.bench.target", "."), "failover.json");

    private final Path folder = Path.of(System.getProperty("twinspan.bench.folder", "."));
    private final Path launcher = Path.of(System.getProperty("twinspan.bench.launcher", "twinspan"));
    private final List<Campaign> campaigns = new ArrayList<>();

    private FailoverCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FailoverCommand())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    System.err.println("benchmarks/failover: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() {
        double before = OtherWork.share();
        Machine machine = Machine.current();
        boolean complete = true;
        for (String gateway : gateways) {
            for (String peer : gateway.equals("twinspan") ? peers : peers.subList(0, 1)) {
                complete &= tryCampaign(gateway, peer);
                TextFiles.write(json, FailoverJson.of(machine, before <= OtherWork.BUSY_SHARE, campaigns));
            }
        }
        double after = OtherWork.share();
        boolean reliable = complete && Math.max(before, after) <= OtherWork.BUSY_SHARE;
        String report = report(machine, before, after);
        System.out.println(report);
        if (out != null) {
            TextFiles.write(out, new GeneratedSection("benchmarks/failover").replace(TextFiles.read(out), report));
        }
        TextFiles.write(json, FailoverJson.of(machine, reliable, campaigns));
        return complete ? 0 : 1;
    }

    private boolean tryCampaign(String gateway, String peer) {
        try {
            run(gateway, peer);
            return true;
        } catch (BenchException | LabException e) {
            System.err.println(gateway + " with " + peer + " ended early: " + e.getMessage());
            return false;
        }
    }

    private void run(String gateway, String peer) {
        LinkImpairment healthy = LinkImpairment.ofRoundTrip(Duration.ofMillis(rttMillis));
        Path place = TextFiles.folder(folder, gateway + "-" + peer);
        try (FailoverRig rig =
                new FailoverRig(healthy, place, AwsEndpoints.side(peer, launcher), customer(gateway), ROOM, seed)) {
            Campaign campaign =
                    new Campaign(rig.gateway().description(), rig.endpoints().description());
            campaigns.add(campaign);
            FailoverRun run = new FailoverRun(rig, new SplittableRandom(seed));
            List<Scenario> chosen = chosen(rig.gateway());
            for (int number = 1; number <= runs; number++) {
                for (Scenario scenario : chosen) {
                    if (number <= most(gateway, scenario)) {
                        tell(campaign, run.measure(scenario, number, false));
                    }
                }
            }
            for (int number = 1; number <= inbound && chosen.contains(Scenario.BLACKHOLE); number++) {
                tell(campaign, run.measure(Scenario.BLACKHOLE, runs + number, true));
            }
        }
    }

    private int most(String gateway, Scenario scenario) {
        if (gateway.equals("twinspan")) {
            return runs;
        }
        return scenario == Scenario.ONE_WAY_OUT ? STRONGSWAN_ONE_WAY_RUNS : STRONGSWAN_RUNS;
    }

    private FailoverRig.Side<CustomerGateway> customer(String gateway) {
        return switch (gateway) {
            case "twinspan" -> (topology, _, place) -> new TwinspanGateway(topology, launcher, place, config);
            case "strongswan" -> (topology, _, place) -> new StrongSwanGateway(topology, place);
            default -> throw new BenchException("'" + gateway + "' is no gateway: twinspan, strongswan");
        };
    }

    private List<Scenario> chosen(CustomerGateway gateway) {
        List<Scenario> chosen = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            if (scenarios.contains(scenario.word()) && (scenario != Scenario.PLANNED || gateway.canSwitch())) {
                chosen.add(scenario);
            }
        }
        return chosen;
    }

    private static void tell(Campaign campaign, RunResult run) {
        campaign.add(run);
        System.err.printf(
                Locale.ROOT,
                "%s, %s, %-27s run %2d: outbound %6.0f ms, %5d lost; inbound %s, %5d lost; suspected %s, moved %s%s%n",
                campaign.gateway(),
                campaign.endpoints(),
                run.scenario().title(),
                run.number(),
                run.outboundMillis(),
                run.outbound().lost(),
                shown(run.inboundMillis()),
                run.inbound().lost(),
                shown(run.story().suspicionMillis()),
                shown(run.story().switchMillis()),
                run.disturbed() ? "; the machine was held up" : "");
    }

    private static String shown(OptionalDouble millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%6.0f ms", millis.getAsDouble()) : "-";
    }

    private String report(Machine machine, double before, double after) {
        boolean busy = Math.max(before, after) > OtherWork.BUSY_SHARE;
        return String.format(
                        Locale.ROOT,
                        "%d x %s, Linux %s, %s. RTT %d ms, 1,000 packets/s each way. Other work: %.0f %% of the processors before, %.0f %%"
                                + " after%s.%n%n",
                        machine.processors(),
                        machine.processor(),
                        machine.kernel(),
                        machine.date(),
                        rttMillis,
                        before * 100,
                        after * 100,
                        busy ? " (**busy: these figures mean little**)" : "")
                + FailoverTable.outages(campaigns) + "\nBy the gateway's own events, from the failure on:\n\n"
                + FailoverTable.accounts(campaigns);
    }
}
